import type { Db } from "@/db/client";
import type { TokenPurpose } from "@/lib/accounts/account-tokens";
import { systemContext } from "@/lib/platform/context";
import type { Turn } from "./providers/pace";
import type { MailProvider, SmsProvider } from "./providers/provider";

/** What the sending of messages needs of the world. */
export type Messenger = {
  db: Db;
  clock: () => Date;
  mail: MailProvider;
  sms: SmsProvider;
  /** Waits until the channel's provider takes one more. */
  turn: Turn;
  appUrl: string;
  /** Makes the single-use token of a link, at the moment in which the link is sent. */
  issueToken: (userId: string, purpose: TokenPurpose) => Promise<{ token: string; expiresAt: Date }>;
  /** Makes the tokens of links in messages about visits. */
  linkKey: () => Promise<Uint8Array>;
  /** `Name <address>`: sender of mails and organiser of the visits in them. */
  mailFrom: string;
  /** After this long a message that was being sent counts as dropped by a dead worker and is taken up again. */
  leaseMs: number;
};

/** A message waits at most ten seconds for its place and ten for its turn, and a send takes twenty. */
export const LEASE_MS = 60_000;

/** Our own job's context as of now. */
export const messengerContext = ({ db, clock }: Messenger) => systemContext(db, "notifications", clock());
