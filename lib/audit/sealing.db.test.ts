import { expect, it } from "vitest";
import { addLogRows, freshAnchors, KEYS } from "@/tests/support/audit-chain";
import { testDb } from "@/tests/support/db";
import { anchorAnew } from "./anchor-anew";
import { removeOldRows } from "./remove-old-rows";
import { sealKeys } from "./seal";
import { sealAudit } from "./seal-audit";
import { settledId } from "./settled-id";
import { verifyAudit } from "./verify-audit";

const { db, owner } = await testDb({ max: 20 });
const anchors = await freshAnchors();
const now = new Date();
const sealing = { keys: KEYS, anchors, now };
const verified = async (options = sealing) => (await verifyAudit(db, options)).chains;
const insert = (sql: typeof owner) => sql`
  insert into audit_log (actor_kind, table_name, row_id, operation) values ('user', 'patients', 'x', 'INSERT') returning id`;

it("waits for a writer that holds a lower id and has not ended", async () => {
  const slow = await owner.reserve();
  await slow`begin`;
  const [held] = await insert(slow as unknown as typeof owner);
  const [later] = await insert(owner);
  expect(Number(later?.id)).toBeGreaterThan(Number(held?.id));
  expect(await settledId(db, "audit_log", 100)).toBeNull();
  await sealAudit(db, { ...sealing, waitMs: 100 });
  expect((await verified())[0]).toMatchObject({ seals: 0, unsealed: 1, finding: null });
  await slow`commit`;
  slow.release();
  expect(await settledId(db, "audit_log", 100)).toBe(Number(later?.id));
});

it("holds while many write, roll back and seal at once", async () => {
  const until = performance.now() + 6_000;
  const random = () => Math.random() * 15;
  const pause = (ms: number) => new Promise((resolve) => setTimeout(resolve, ms));
  let written = 0;
  const writer = async () => {
    while (performance.now() < until) {
      const isKept = Math.random() < 0.8;
      await db.pg
        .begin(async (pg) => {
          await pg`select act_as(${["system", "", "", "", "", "writer", "r"]}::text[])`;
          await pg`select ${isKept}`;
          for (let row = 0; row < 3; row++) {
            await pg`insert into access_log (patient_id, what, access) values (gen_random_uuid(), 'record', 'system')`;
            await pause(random());
          }
          if (!isKept) throw new Error("rolled back");
          written += 3;
        })
        .catch((error: Error) => {
          if (error.message !== "rolled back") throw error;
        });
    }
  };
  const sealer = async () => {
    while (performance.now() < until) {
      await sealAudit(db, { ...sealing, waitMs: 500 });
      expect((await verified())[1]?.finding).toBeNull();
    }
  };
  await Promise.all([...Array.from({ length: 12 }, writer), sealer(), sealer()]);
  await sealAudit(db, sealing);
  const chain = (await verified())[1];
  expect(chain).toMatchObject({ finding: null, rows: written, unsealed: 0 });
  expect(chain?.seals).toBeGreaterThan(2);
});

it("hands over from one key to the next, and needs the old one no longer", async () => {
  const [next] = sealKeys(["the next key"]);
  if (!next) throw new Error("no key");
  await sealAudit(db, { ...sealing, keys: [next, ...KEYS] });
  const chains = await verified({ ...sealing, keys: [next] });
  for (const { finding, unsigned } of chains) expect([finding, unsigned > 0]).toEqual([null, true]);
  // Without any key the anchors still vouch for it.
  expect((await verified({ ...sealing, keys: [] })).map(({ finding }) => finding)).toEqual([null, null]);
  await sealAudit(db, { ...sealing, keys: [...KEYS, next] });
});

it("removes rows that are too old in whole batches, and keeps their seals", async () => {
  await addLogRows(owner, 10);
  await owner`update audit_log set at = at - interval '500 days'`;
  await anchorsOverAll("the rows of the test were made older");
  const old = (await verified())[0]?.rows ?? 0;
  await addLogRows(owner, 10);
  await sealAudit(db, sealing);
  expect(await removeOldRows(db, 600, sealing)).toBe(0);
  expect(await removeOldRows(db, 400, sealing)).toBe(old);
  expect(await removeOldRows(db, 400, sealing)).toBe(0);
  const [left] = await owner`select count(*)::int as n from audit_log`;
  expect(left?.n).toBe(10);
  await sealAudit(db, sealing);
  expect((await verified())[0]).toMatchObject({ finding: null, removed: old, rows: 10 });
  await owner`insert into audit_log (id, actor_kind, table_name, row_id, operation) overriding system value values (1, 'user', 'x', 'x', 'INSERT')`;
  expect((await verified())[0]?.finding).toMatchObject({ table: "audit_log", id: "1" });
  await owner`delete from audit_log where id = 1`;
});

it("removes nothing that does not fit its seal, and nothing of the last year", async () => {
  await owner`update audit_log set at = at - interval '500 days', role = 'changed'`;
  await expect(removeOldRows(db, 400, sealing)).rejects.toThrow("was changed");
  await owner`update audit_log set at = at + interval '500 days', role = 'admin'`;
  await expect(removeOldRows(db, -1, sealing)).rejects.toThrow("kept for a year");
  expect((await verified())[0]?.finding).toBeNull();
});

it("says so where an older backup was restored, seals nothing on it, and begins anew with a reason", async () => {
  await addLogRows(owner, 2);
  await sealAudit(db, sealing);
  const [cut] = await owner<{ number: string }[]>`delete from audit_seals where chain = 'audit_log'
    and number = (select max(number) from audit_seals where chain = 'audit_log') returning number`;
  expect((await verified())[0]?.finding).toMatchObject({
    ...{ table: "audit_seals", id: `audit_log/${cut?.number}` },
    says: expect.stringContaining("restored from a backup"),
  });
  await addLogRows(owner, 2);
  await expect(sealAudit(db, sealing)).rejects.toThrow("not what was anchored");
  await anchorAnew(db, "restored the backup of Sunday", sealing);
  await sealAudit(db, sealing);
  expect((await verified())[0]).toMatchObject({
    finding: null,
    unsealed: 0,
    anchoredSince: { reason: "restored the backup of Sunday" },
  });
});

/** Seals what is there from the beginning, as if it had been so always. */
async function anchorsOverAll(reason: string) {
  await owner`truncate audit_seals`;
  await anchorAnew(db, reason, sealing);
  await sealAudit(db, sealing);
}
