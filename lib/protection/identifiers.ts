import { eq, inArray } from "drizzle-orm";
import type { Tx } from "@/db/client";
import { dataKeys, patients } from "@/db/schema";
import { emailTokens, externalToken, phoneTokens, recordToken } from "./blind-index";
import { indexKeys } from "./index-keys";
import { keyring } from "./keyring";
import { patientKey } from "./patient-keys";
import { type DataKey, openJson, type Place, sealJson } from "./seal";

/** What tells whose row a patient's is, and where they are: sealed as one, in `patients.contact_sealed`. */
export type Identifiers = {
  /** What staff and letters call the patient: `P-000123`. */
  recordNumber: string | null;
  email: string | null;
  /** E.164. */
  phone: string | null;
  address: string | null;
  /** Where an import took the row from, and its number there. */
  externalId: string | null;
};

export const NO_IDENTIFIERS: Identifiers = {
  recordNumber: null,
  email: null,
  phone: null,
  address: null,
  externalId: null,
};

const placeOf = (patientId: string): Place => ({ table: "patients", column: "contact_sealed", rowId: patientId });

/** A row's tokens, made anew whenever it is sealed or its index key is replaced. */
export function tokensOf(index: DataKey, { recordNumber, email, phone, externalId }: Identifiers) {
  return {
    contactTokens: [...(email ? emailTokens(index, email) : []), ...(phone ? phoneTokens(index, phone) : [])],
    recordToken: recordNumber && recordToken(index, recordNumber),
    externalToken: externalId && externalToken(index, externalId),
    indexKeyId: index.id,
  };
}

/** What a patient's row holds instead of its identifiers; what it held in plain is emptied. */
export type SealedColumns = ReturnType<typeof sealUnder>;

export function sealUnder(key: DataKey, index: DataKey, patientId: string, identifiers: Identifiers) {
  return {
    contactSealed: sealJson(key, placeOf(patientId), identifiers),
    keyId: key.id,
    ...tokensOf(index, identifiers),
    hasEmail: identifiers.email !== null,
    hasPhone: identifiers.phone !== null,
    plainRecordNumber: null,
    plainEmail: null,
    plainPhone: null,
    plainAddress: null,
    plainExternalId: null,
  };
}

/** For an update of a patient's row, or its insert. Makes the patient's key where there is none; throws `KeyDestroyed` once it is gone. */
export async function sealIdentifiers(tx: Tx, patientId: string, identifiers: Identifiers): Promise<SealedColumns> {
  const [key, [index]] = await Promise.all([patientKey(tx, patientId), indexKeys(tx)]);
  return sealUnder(key, index, patientId, identifiers);
}

/** What a query brings for `openIdentifiers`; it joins `dataKeys` by `patients.keyId`. */
export const sealedIdentifiers = {
  contactSealed: patients.contactSealed,
  keyId: dataKeys.id,
  kekId: dataKeys.kekId,
  wrapped: dataKeys.wrapped,
  plainRecordNumber: patients.plainRecordNumber,
  plainEmail: patients.plainEmail,
  plainPhone: patients.plainPhone,
  plainAddress: patients.plainAddress,
  plainExternalId: patients.plainExternalId,
};

export type SealedRow = {
  contactSealed: Buffer | null;
  keyId: string | null;
  kekId: string | null;
  wrapped: Buffer | null;
  plainRecordNumber: string | null;
  plainEmail: string | null;
  plainPhone: string | null;
  plainAddress: string | null;
  plainExternalId: string | null;
};

/** None where the patient's keys were destroyed. Throws `SealBroken` where the row holds what was sealed elsewhere. */
export async function openIdentifiers(patientId: string, row: SealedRow): Promise<Identifiers> {
  const { contactSealed, keyId, kekId, wrapped } = row;
  if (!contactSealed) return plainIdentifiers(row);
  if (!keyId || !kekId || !wrapped) return NO_IDENTIFIERS;
  const key = await keyring().unwrap({ keyId, kekId, wrapped });
  return openJson<Identifiers>(key, placeOf(patientId), contactSealed);
}

/** Of a row that an earlier version wrote and that waits to be sealed. */
const plainIdentifiers = (row: SealedRow): Identifiers => ({
  recordNumber: row.plainRecordNumber,
  email: row.plainEmail,
  phone: row.plainPhone,
  address: row.plainAddress,
  externalId: row.plainExternalId,
});

/** The identifiers of some patients, as far as the actor may see them; by id. */
export async function readIdentifiers(tx: Tx, patientIds: readonly string[]): Promise<Map<string, Identifiers>> {
  if (patientIds.length === 0) return new Map();
  const rows = await tx.db
    .select({ id: patients.id, ...sealedIdentifiers })
    .from(patients)
    .leftJoin(dataKeys, eq(dataKeys.id, patients.keyId))
    .where(inArray(patients.id, [...patientIds]));
  return new Map(await Promise.all(rows.map(async (row) => [row.id, await openIdentifiers(row.id, row)] as const)));
}
