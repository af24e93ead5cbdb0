import type { Tx } from "@/db/client";

export type PhoneOwner = { patientId: string; userId: string | null };

/** Whose number this is, E.164: those with an account first, as they are the ones who hold the telephone. */
export const patientsByPhone = ({ pg }: Tx, phone: string) => pg<PhoneOwner[]>`
  select p.id as "patientId", p.user_id as "userId" from patients p where p.phone = ${phone} order by p.user_id is null, p.id limit 50`;

/** The number that a patient's short messages go to, and their language; null where there is none any more. */
export async function phoneOf({ pg }: Tx, patientId: string): Promise<{ phone: string; locale: string } | null> {
  const [row] = await pg<Array<{ phone: string | null; locale: string }>>`
    select p.phone, coalesce(u.locale, p.locale) as locale from patients p left join users u on u.id = p.user_id where p.id = ${patientId}`;
  return row?.phone ? { phone: row.phone, locale: row.locale } : null;
}
