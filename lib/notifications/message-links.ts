import { createHmac } from "node:crypto";
import { uuidv7 } from "uuidv7";
import type { Tx } from "@/db/client";
import { tokenHash } from "@/lib/platform/crypto";
import type { Claim, MessageKind } from "./ledger";
import type { VisitFacts } from "./visit-facts";

export const LINK_ACTS = ["confirm", "cancel", "move", "unsubscribe"] as const;
export type LinkAct = (typeof LINK_ACTS)[number];
export type Links = Record<LinkAct, string>;

const ACTS: Partial<Record<MessageKind, readonly LinkAct[]>> = {
  "appointment.reminder": ["confirm", "cancel", "move"],
  "appointment.recall_due": ["unsubscribe"],
};
/** Whether messages of this kind carry links that act. */
export const hasLinks = (kind: MessageKind): boolean => ACTS[kind] !== undefined;
/** Whoever does not want to be asked again may say so for so long after the message. */
const UNSUBSCRIBE_MS = 365 * 86_400_000;

const TOKEN_BYTES = 16;

/**
 * The token of one message's link: 128 bits that only a holder of the key can make. Made of the ledger's id, as a message that is sent
 * once more must say the same.
 */
const linkToken = (key: Uint8Array, notificationId: string, act: LinkAct) =>
  createHmac("sha256", key).update(`${notificationId}|${act}`).digest().subarray(0, TOKEN_BYTES).toString("base64url");

/** Addresses of a message's links; they work once `issueLinks` has written them down. */
export const linksOf = (key: Uint8Array, appUrl: string, { id }: Pick<Claim, "id">): Links =>
  Object.fromEntries(LINK_ACTS.map((act) => [act, `${appUrl}/a/${linkToken(key, id, act)}`])) as Links;

/** Lets whoever gets these messages act on their visits, until they begin, or end what has no visit ahead. */
export async function issueLinks(
  { pg }: Tx,
  key: Uint8Array,
  messages: ReadonlyArray<{ claim: Pick<Claim, "id" | "kind">; visit: Pick<VisitFacts, "appointmentId" | "startsAt"> }>,
  now: Date,
): Promise<void> {
  if (messages.length === 0) return;
  const rows = messages.flatMap(({ claim, visit }) =>
    (ACTS[claim.kind] ?? []).map((act) => {
      const expiresAt = act === "unsubscribe" ? new Date(now.getTime() + UNSUBSCRIBE_MS) : visit.startsAt;
      return { act, claim, visit, expiresAt };
    }),
  );
  await pg`
    insert into message_links (id, token_hash, act, notification_id, appointment_id, expires_at)
    select * from unnest(${rows.map(() => uuidv7())}::uuid[], ${rows.map(({ act, claim }) => tokenHash(linkToken(key, claim.id, act)))}::text[],
      ${rows.map(({ act }) => act)}::text[], ${rows.map(({ claim }) => claim.id)}::uuid[],
      ${rows.map(({ visit }) => visit.appointmentId)}::uuid[], ${rows.map(({ expiresAt }) => expiresAt.toISOString())}::text[]::timestamptz[])
    on conflict (token_hash) do nothing`;
}
