import { connection } from "next/server";
import { pool } from "../../pool";
import { type Row, Rows } from "./rows";

/** What React costs alone: the rows of staff's list, one select, a client component, and no frame around it. */
export default async function TablePage() {
  await connection();
  const rows = await pool()<Row[]>`
    select d.id, s.name as service, d.name as doctor, l.name as location, d.name as patient, now()::text as start,
      'booked' as status, left(d.id::text, 8) as reference
    from doctors d cross join services s cross join locations l
    order by d.id limit 25`;
  return <Rows rows={rows.map((row) => ({ ...row }))} />;
}
