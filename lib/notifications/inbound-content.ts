import type { Db, Tx } from "@/db/client";
import { type KeyRow, keyring, rewrappingKms } from "@/lib/protection/keyring";
import { patientKey } from "@/lib/protection/patient-keys";
import { type RunOptions, runOf } from "@/lib/protection/run";
import { openJson, sealJson } from "@/lib/protection/seal";

type Content = { sender: string | null; body: string | null };
type Lying = Content & { id: string; contentSealed: Buffer | null; strangerKekId: string | null };

const placeOf = (rowId: string) => ({ table: "inbound_messages", column: "content_sealed", rowId });
/** What a stranger wrote opens in its own row alone. */
const contextOf = (id: string) => `inbound_messages|content_sealed|${id}`;

async function sealForStranger(id: string, content: Content) {
  const { kekId, wrapped } = await keyring().kms.wrap(Buffer.from(JSON.stringify(content)), contextOf(id));
  return { kek_id: kekId, content_sealed: wrapped };
}

/** The columns of a message that came: a patient's words lie under the patient's key, a stranger's under the key-encryption key. */
export async function sealInbound(tx: Tx, id: string, patientId: string | null, content: Content) {
  if (patientId === null) return sealForStranger(id, content);
  const key = await patientKey(tx, patientId);
  return { key_id: key.id, content_sealed: sealJson(key, placeOf(id), content) };
}

/** What a message says; nothing where there are no words, or their key is gone. */
export async function openInbound(row: Lying & Partial<KeyRow>): Promise<Content> {
  const { id, contentSealed, strangerKekId, keyId, kekId, wrapped, sender, body } = row;
  if (!contentSealed) return { sender, body };
  if (strangerKekId) return openForStranger(keyring().kms, id, strangerKekId, contentSealed);
  if (!keyId || !kekId || !wrapped) return { sender: null, body: null };
  return openJson(await keyring().unwrap({ keyId, kekId, wrapped }), placeOf(id), contentSealed);
}

async function openForStranger(kms: ReturnType<typeof rewrappingKms>, id: string, kekId: string, wrapped: Buffer) {
  return JSON.parse((await kms.unwrap({ kekId, wrapped }, contextOf(id))).toString("utf8")) as Content;
}

const ROWS_AT_ONCE = 200;

/**
 * Seals what strangers wrote that lies in plain, from before migration 0035, or under an older key of ENCRYPTION_KEYS. True once all is done; false
 * where it was stopped.
 */
export async function sealStrangers(db: Db, options: RunOptions = {}): Promise<boolean> {
  const { as, progress, isStopped } = runOf(db, "seal-identifiers", options);
  const [kms, newest] = [rewrappingKms(), keyring().kms.kekId];
  for (let done = 0; ; ) {
    if (isStopped()) return false;
    const count = await as(async ({ pg }) => {
      const rows = await pg<Lying[]>`
        select id, sender, body, content_sealed as "contentSealed", kek_id as "strangerKekId" from inbound_messages
        where patient_id is null and (num_nonnulls(sender, body) > 0 or kek_id <> ${newest}) order by id limit ${ROWS_AT_ONCE} for update`;
      for (const { id, sender, body, contentSealed, strangerKekId } of rows) {
        const isSealed = contentSealed && strangerKekId;
        const content = isSealed ? await openForStranger(kms, id, strangerKekId, contentSealed) : { sender, body };
        await pg`update inbound_messages set ${pg({ ...(await sealForStranger(id, content)), sender: null, body: null })} where id = ${id}`;
      }
      return rows.length;
    });
    if (count === 0) return true;
    done += count;
    progress("strangers' messages sealed", done);
  }
}
