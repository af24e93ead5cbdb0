import type { Tx } from "@/db/client";
import { digitsToken } from "@/lib/protection/blind-index";
import { readIdentifiers } from "@/lib/protection/identifiers";
import { indexKeys } from "@/lib/protection/index-keys";

export type PhoneOwner = { patientId: string; userId: string | null };

/** Whose number this is, E.164: those with an account first, as they are the ones who hold the telephone. */
export async function patientsByPhone(tx: Tx, phone: string): Promise<PhoneOwner[]> {
  const digits = phone.replace(/\D/g, "");
  const tokens = (await indexKeys(tx)).map((key) => digitsToken(key, digits));
  const found = await tx.pg<PhoneOwner[]>`
    select p.id as "patientId", p.user_id as "userId" from patients p where p.contact_tokens && ${tokens}::text[] or p.phone = ${phone}
    order by p.user_id is null, p.id limit 50`;
  // A token stands for the end of a number, and this could be the end of a longer one.
  const known = await readIdentifiers(
    tx,
    found.map(({ patientId }) => patientId),
  );
  return found.filter(({ patientId }) => known.get(patientId)?.phone === phone);
}

/** The number that a patient's short messages go to, and their language; null where there is none any more. */
export async function phoneOf(tx: Tx, patientId: string): Promise<{ phone: string; locale: string } | null> {
  const [identifiers, [row]] = await Promise.all([
    readIdentifiers(tx, [patientId]),
    tx.pg<Array<{ locale: string }>>`
      select coalesce(u.locale, p.locale) as locale from patients p left join users u on u.id = p.user_id where p.id = ${patientId}`,
  ]);
  const phone = identifiers.get(patientId)?.phone;
  return phone && row ? { phone, locale: row.locale } : null;
}
