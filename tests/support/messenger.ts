import type { Db } from "@/db/client";
import type { Messenger } from "@/lib/notifications/messenger";
import { type OutgoingMail, type OutgoingSms, type SendOutcome, sent } from "@/lib/notifications/providers/provider";

// The logger asks the environment for its level; what fails on purpose need not fill the terminal.
process.env.DATABASE_URL ??= "postgres://nobody@localhost/unused";
process.env.LOG_LEVEL ??= "silent";

type Overrides = Partial<Messenger> & { onMail?: (mail: OutgoingMail) => Promise<SendOutcome> | SendOutcome };

const LINK_KEY = Buffer.alloc(32, 7);

/** A messenger that keeps what it is given to send. */
export function recordingMessenger(db: Db, { onMail = () => sent(), ...overrides }: Overrides = {}) {
  const mails: OutgoingMail[] = [];
  const texts: OutgoingSms[] = [];
  const messenger: Messenger = {
    db,
    clock: () => new Date(),
    mail: {
      name: "recording",
      atOnce: 10,
      send: async (mail) => {
        const outcome = await onMail(mail);
        if (outcome.ok) mails.push(mail);
        return outcome;
      },
      close: () => undefined,
    },
    sms: {
      name: "recording",
      atOnce: 10,
      send: async (sms) => {
        texts.push(sms);
        return sent();
      },
    },
    turn: async () => true,
    issueToken: async (userId, purpose) => ({
      token: `${purpose}-of-${userId}`,
      expiresAt: new Date(Date.now() + 3_600_000),
    }),
    linkKey: async () => LINK_KEY,
    appUrl: "https://clinic.test",
    mailFrom: "Harbor Clinic <no-reply@clinic.test>",
    leaseMs: 4_000,
    ...overrides,
  };
  return { messenger, mails, texts };
}
