import { randomBytes } from "node:crypto";
import { afterEach, describe, expect, it } from "vitest";
import { withActor } from "@/db/client";
import { resealTotpSecrets } from "@/lib/accounts/reseal-totp";
import { openTotpSecret, sealTotpSecret } from "@/lib/accounts/seal-totp";
import { createPatient } from "@/lib/patients/create-patient";
import { getPatient, listPatients } from "@/lib/patients/queries";
import { updatePatient } from "@/lib/patients/update-patient";
import { testDb } from "@/tests/support/db";
import { identify } from "@/tests/support/identifiers";
import { valueFrom, ward } from "@/tests/support/records";
import { destroyPatientKeys } from "./destroy-keys";
import { keysFault } from "./keys-fault";
import { rotateKeys, sealWhatIsOpen } from "./rotate-keys";
import { SealBroken } from "./seal";

const { db, owner } = await testDb({ max: 8 });
const w = await ward(db, owner);
const { reception } = w;
const FIRST = process.env.ENCRYPTION_KEYS as string;
const freshKey = () => randomBytes(32).toString("base64");
afterEach(() => {
  process.env.ENCRYPTION_KEYS = FIRST;
});

let made = 0;
/** Somebody whose every identifier is theirs alone. */
async function person(word = `person${made}`) {
  const contact = {
    email: `${word}.${++made}@mail.test`,
    phone: `+43155${String(1_000_000 + made)}`,
    address: `${made} ${word} Street`,
  };
  return valueFrom(createPatient(reception, { givenName: "Ann", familyName: "Sealed", ...contact }));
}
type Person = Awaited<ReturnType<typeof person>>;
const found = async (query: string) => (await valueFrom(listPatients(reception, { query }))).items.map(({ id }) => id);
const read = (id: string) => valueFrom(getPatient(reception, { id }));
/** By everything exact that reception may be told. */
async function isFound({ id, email, phone, recordNumber }: Person) {
  for (const query of [email, email?.toUpperCase(), phone, phone?.slice(-7), recordNumber])
    expect([query, await found(query ?? "")]).toEqual([query, [id]]);
}
const allText = async () => {
  const tables = await owner<
    { name: string }[]
  >`select relname as name from pg_class where relnamespace = 'public'::regnamespace and relkind = 'r'`;
  const rows = await Promise.all(tables.map(({ name }) => owner.unsafe(`select t::text as line from "${name}" t`)));
  return tables.flatMap(({ name }, nth) => (rows[nth] ?? []).map(({ line }) => `${name} ${line}`));
};

it("leaves no identifier in any table, nor in the audit log, however it was changed", async () => {
  const word = "Canary4417";
  const one = await person(word);
  await valueFrom(updatePatient(reception, { id: one.id, address: `9 ${word} Lane`, phone: "+431559998887" }));
  await identify(owner, (await person()).id, { externalId: `source:${word}`, recordNumber: `P-${word}` });
  const text = await allText();
  expect(text.length).toBeGreaterThan(50);
  for (const secret of [word, word.toLowerCase(), "431559998887", one.phone ?? "", one.recordNumber]) {
    for (const form of [secret, Buffer.from(secret).toString("hex")])
      expect([secret, text.filter((line) => line.includes(form))]).toEqual([secret, []]);
  }
  expect(await read(one.id)).toMatchObject({ address: `9 ${word} Lane`, phone: "+431559998887", email: one.email });
});

it("refuses to keep one in plain, whoever writes it", async () => {
  const { id } = await person();
  for (const column of ["record_number", "email", "phone", "address", "external_id"])
    await expect(owner`update patients set ${owner(column)} = 'x' where id = ${id}`).rejects.toMatchObject({
      constraint_name: "patients_identifiers_sealed",
    });
});

it("opens in no other row, and tells a rotation of it", async () => {
  const [one, two] = [await person(), await person()];
  const [kept] = await owner`select contact_sealed, key_id from patients where id = ${two.id}`;
  await owner`update patients p set contact_sealed = o.contact_sealed, key_id = o.key_id from patients o where o.id = ${one.id} and p.id = ${two.id}`;
  await expect(getPatient(reception, { id: two.id })).rejects.toBeInstanceOf(SealBroken);
  await expect(rotateKeys(db, { graceMs: 0 })).rejects.toThrow(/patients.contact_sealed of row/);
  await owner`update patients set contact_sealed = ${kept?.contact_sealed}, key_id = ${kept?.key_id} where id = ${two.id}`;
  expect(await read(two.id)).toMatchObject({ email: two.email });
  expect(await rotateKeys(db, { graceMs: 0 })).toBe(true);
});

it("says of a patient whose keys are destroyed nothing any more, and finds them by nothing", async () => {
  const one = await person();
  await withActor(w.system, (tx) => destroyPatientKeys(tx, one.id));
  expect(await read(one.id)).toMatchObject({ email: null, phone: null, address: null, recordNumber: `E-${one.id}` });
  for (const query of [one.email, one.phone, one.recordNumber]) expect(await found(query ?? "")).toEqual([]);
});

describe("a rotation", () => {
  it("gives data and index keys anew while people are searched, read and changed, without one error", async () => {
    const people = await Promise.all(Array.from({ length: 6 }, () => person()));
    const keys = async () =>
      (await owner`select id from data_keys where wrapped is not null`).map(({ id }) => id as string);
    const before = await keys();
    process.env.ENCRYPTION_KEYS = `${freshKey()},${FIRST}`;
    let [isOver, work] = [false, 0];
    const busy = async (one: Person) => {
      while (!isOver) {
        const phone = `+43166${String(1_000_000 + work++)}`;
        const changed = await valueFrom(updatePatient(reception, { id: one.id, phone }));
        expect(await found(phone)).toEqual([one.id]);
        // Neither who is just changed nor who waits for new tokens is ever not found.
        const waiting = people[3 + (work % 3)] ?? one;
        for (const { id, email } of [one, waiting]) expect(await found(email ?? "")).toEqual([id]);
        expect(await read(one.id)).toMatchObject({ phone, email: one.email, version: changed.version });
      }
    };
    const load = Promise.all(people.slice(0, 3).map(busy));
    expect(await rotateKeys(db, { graceMs: 500 })).toBe(true);
    isOver = true;
    await load;
    expect(work).toBeGreaterThan(6);
    expect((await keys()).filter((id) => before.includes(id))).toEqual([]);
    process.env.ENCRYPTION_KEYS = process.env.ENCRYPTION_KEYS.split(",")[0];
    for (const one of people) await isFound({ ...one, phone: (await read(one.id)).phone });
    process.env.ENCRYPTION_KEYS = `${FIRST},${process.env.ENCRYPTION_KEYS}`;
    expect(await rotateKeys(db, { wrapOnly: true })).toBe(true);
  }, 60_000);

  it("seals authenticators' secrets anew, in batches", async () => {
    const accounts = await Promise.all(Array.from({ length: 3 }, () => w.make.patient()));
    for (const { userId } of accounts)
      await owner`insert into totp_secrets (user_id, secret) values (${userId}, ${await sealTotpSecret(db, userId, "JBSWY3DPEHPK3PXP")})`;
    const fresh = freshKey();
    process.env.ENCRYPTION_KEYS = `${fresh},${FIRST}`;
    expect(await resealTotpSecrets(db, { isStopped: () => true })).toBe(false);
    expect(await resealTotpSecrets(db)).toBe(true);
    process.env.ENCRYPTION_KEYS = fresh;
    for (const { userId } of accounts) {
      const [row] = await owner`select secret from totp_secrets where user_id = ${userId}`;
      expect(await openTotpSecret(db, userId, row?.secret)).toBe("JBSWY3DPEHPK3PXP");
    }
    await owner`delete from totp_secrets`;
  });
});

describe("without ENCRYPTION_KEYS", () => {
  it("identifiers are kept all the same, and one run seals them under the keys once these are set", async () => {
    const other = await testDb();
    const { reception: clerk } = await ward(other.db, other.owner);
    process.env.ENCRYPTION_KEYS = "";
    const kept = await valueFrom(
      createPatient(clerk, { givenName: "Ann", familyName: "Open", email: "open@mail.test" }),
    );
    expect(await keysFault(other.db)).toBeNull();
    process.env.ENCRYPTION_KEYS = FIRST;
    expect(await keysFault(other.db)).toMatch(/run npm run migrate/);
    expect(await sealWhatIsOpen(other.db)).toBe(true);
    expect(await keysFault(other.db)).toBeNull();
    expect((await valueFrom(listPatients(clerk, { query: "open@mail.test" }))).items).toMatchObject([{ id: kept.id }]);
    process.env.ENCRYPTION_KEYS = "";
    expect(await keysFault(other.db)).toMatch(/is needed/);
  });
});
