import { verify } from "@node-rs/argon2";
import { afterEach, expect, it, vi } from "vitest";
import { testDb } from "@/tests/support/db";
import { seedDemo } from "./main";

const { db, owner } = await testDb({ statementTimeoutMs: 60_000 });
const NOW = new Date("2026-06-03T11:10:00Z");

afterEach(() => vi.unstubAllEnvs());

it("refuses production", async () => {
  vi.stubEnv("SLOTWELL_MODE", "production");
  await expect(seedDemo(db, NOW)).rejects.toThrow(/production/);
  expect(await owner`select from users`).toHaveLength(0);
});

it("refuses a database in which somebody else lives", async () => {
  await owner`insert into users (id, email, role, display_name) values (gen_random_uuid(), 'a@b.c', 'admin', 'A')`;
  await expect(seedDemo(db, NOW)).rejects.toThrow(/not empty/);
  await owner`delete from users`;
});

it("fills an empty database once, with accounts that can sign in and no message owed", async () => {
  await seedDemo(db, NOW);
  const [before] = await owner`select count(*)::int as visits, max(id::text) as last from appointments`;
  expect(before?.visits).toBeGreaterThan(2_000);

  const accounts = await owner<{ email: string; password_hash: string; email_verified_at: Date | null }[]>`
    select email, password_hash, email_verified_at from users where password_hash is not null order by email`;
  expect(accounts.map(({ email }) => email)).toEqual(
    ["admin", "doctor", "parent", "patient", "reception"].map((name) => `${name}@demo.test`),
  );
  for (const account of accounts) {
    expect(account.password_hash).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
    expect(account.email_verified_at).not.toBeNull();
    expect(await verify(account.password_hash, "demo-clinic-2026!")).toBe(true);
  }
  const children =
    await owner`select p.id from patient_proxies x join patients p on p.id = x.patient_id join users u on u.id = x.user_id
    where u.email = 'parent@demo.test'`;
  expect(children).toHaveLength(2);
  const offers = await owner<{ status: string; held: boolean }[]>`
    select distinct o.status, a.status is not distinct from 'held' as held from waitlist_offers o left join appointments a on a.id = o.appointment_id`;
  expect(offers.filter(({ held }) => held)).toEqual([{ status: "open", held: true }]);
  expect(offers.map(({ status }) => status).sort()).toEqual(["accepted", "declined", "expired", "open", "taken"]);

  const [records] = await owner<
    { kinds: number; drafts: number; withheld: number; released: number; sealed: boolean }[]
  >`
    select count(distinct kind)::int as kinds, count(*) filter (where status = 'draft')::int as drafts, count(*) filter (where release = 'withheld')::int as withheld,
      count(*) filter (where release = 'released')::int as released, (select bool_and(length(content_sealed) > 29) from record_versions) as sealed from medical_records`;
  expect(records).toMatchObject({ kinds: 7, drafts: 2, withheld: 4, sealed: true });
  expect(records?.released).toBeGreaterThan(20);
  const [asked] =
    await owner`select (select count(*)::int from recalls) as lists, (select count(*)::int from consents) as agreed,
    (select count(*)::int from next_visits where wished_on > ${NOW}::date + 14) as wishes`;
  expect(asked).toMatchObject({ lists: 3, agreed: 10 });
  expect(asked?.wishes).toBeGreaterThan(10);
  expect(await owner`select from outbox`).toHaveLength(0);
  expect(await owner`select from notifications`).toHaveLength(0);

  const [stray] = await owner`select count(*)::int as n from appointments a
    where a.version <> (select count(*) from appointment_events e where e.appointment_id = a.id)`;
  expect(stray?.n).toBe(0);

  await seedDemo(db, new Date("2026-08-01T00:00:00Z"));
  expect(await owner`select count(*)::int as visits, max(id::text) as last from appointments`).toEqual([before]);
});
