import { expect, it } from "vitest";
import { testDb } from "./db";

const { db, owner, url } = await testDb();

it("gives the application a role that owns nothing and is bound by row-level security", async () => {
  const [role] =
    await db.pg`select current_user as name, rolsuper, rolbypassrls from pg_roles where rolname = current_user`;
  expect(role).toEqual({ name: "slotwell_operator", rolsuper: false, rolbypassrls: false });
  const owned = await owner`select relname from pg_class where pg_get_userbyid(relowner) = 'slotwell_app'`;
  expect(owned).toHaveLength(0);
});

it("is a migrated database of its own", async () => {
  const [{ name } = { name: "" }] = await owner<Array<{ name: string }>>`select current_database() as name`;
  expect(new URL(url).pathname).toBe(`/${name}`);
  const [table] = await owner`select to_regclass('appointments') as found`;
  expect(table?.found).toBe("appointments");
});
