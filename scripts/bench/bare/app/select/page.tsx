import { connection } from "next/server";
import { pool } from "../../pool";

/** A page that is rendered for each request after one select. */
export default async function SelectPage() {
  await connection();
  const rows = await pool()`select name from services order by name limit 20`;
  return (
    <ul>
      {rows.map(({ name }) => (
        <li key={name}>{name}</li>
      ))}
    </ul>
  );
}
