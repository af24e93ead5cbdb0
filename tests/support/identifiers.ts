import type postgres from "postgres";
import type { Db, Tx } from "@/db/client";
import { type Identifiers, NO_IDENTIFIERS, sealIdentifiers } from "@/lib/protection/identifiers";
import { sealWhatIsOpen } from "@/lib/protection/rotate-keys";

/** Gives a patient whom a test wrote by hand a record number, an address and so on, sealed as the product does it. */
export async function identify(owner: postgres.Sql, patientId: string, given: Partial<Identifiers>): Promise<void> {
  await owner.begin(async (pg) => {
    const sealed = await sealIdentifiers({ pg } as Tx, patientId, { ...NO_IDENTIFIERS, ...given });
    const { contactSealed, contactTokens, recordToken, externalToken, keyId, indexKeyId, hasEmail, hasPhone } = sealed;
    await pg`update patients set contact_sealed = ${contactSealed}, contact_tokens = ${contactTokens}, record_token = ${recordToken},
      external_token = ${externalToken}, key_id = ${keyId}, index_key_id = ${indexKeyId}, has_email = ${hasEmail}, has_phone = ${hasPhone}
      where id = ${patientId}`;
  });
}

/** Writes patients as versions did that sealed no identifiers yet. */
export async function asEarlierVersion(pg: postgres.ISql, work: () => Promise<void>): Promise<void> {
  await pg`alter table patients drop constraint patients_identifiers_sealed`;
  await work();
  await pg`alter table patients add constraint patients_identifiers_sealed
    check (num_nonnulls(record_number, email, phone, address, external_id) = 0) not valid`;
}

/** Seals what such a version wrote, as the database's owner. */
export const sealAll = (owner: postgres.Sql) =>
  sealWhatIsOpen({ pg: owner, deadlineMs: Number.POSITIVE_INFINITY } as Db);
