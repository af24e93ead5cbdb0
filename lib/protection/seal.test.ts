import { randomBytes } from "node:crypto";
import { expect, it } from "vitest";
import { KeyDestroyed, Keyring } from "./keyring";
import { environmentKms, UnknownKek } from "./kms";
import { openBytes, openJson, SealBroken, sealBytes, sealJson } from "./seal";

const place = { table: "record_versions", column: "content_sealed", rowId: "1" };
const dataKey = { id: "k1", key: randomBytes(32) };
const broken = async (work: () => unknown) => {
  try {
    await work();
    return "opened";
  } catch (error) {
    return error instanceof SealBroken ? "broken" : (error as Error).message;
  }
};

it("opens what it sealed, where it was sealed, and never twice alike", () => {
  const value = { title: "Ωmega", body: "x".repeat(20_000) };
  const [one, two] = [sealJson(dataKey, place, value), sealJson(dataKey, place, value)];
  expect(openJson(dataKey, place, one)).toEqual(value);
  expect(one.equals(two)).toBe(false);
  expect(one.includes("Ωmega")).toBe(false);
});

it("does not open in another table, column or row, under another key, or changed in any byte", async () => {
  const sealed = sealBytes(dataKey, place, Buffer.from("secret"));
  const elsewhere = [{ table: "x" }, { column: "x" }, { rowId: "2" }];
  for (const other of elsewhere) {
    expect(await broken(() => openBytes(dataKey, { ...place, ...other }, sealed))).toBe("broken");
  }
  expect(await broken(() => openBytes({ ...dataKey, id: "k2" }, place, sealed))).toBe("broken");
  expect(await broken(() => openBytes({ ...dataKey, key: randomBytes(32) }, place, sealed))).toBe("broken");
  for (let at = 0; at < sealed.length; at++) {
    const bent = Buffer.from(sealed);
    bent[at] = (bent[at] ?? 0) ^ 1;
    expect(await broken(() => openBytes(dataKey, place, bent))).toBe("broken");
    expect(await broken(() => openBytes(dataKey, place, sealed.subarray(0, at)))).toBe("broken");
  }
});

it("wraps with the newest key, and unwraps with those before it, each for its own context", async () => {
  const [old, fresh] = [randomBytes(32), randomBytes(32)];
  const key = randomBytes(32);
  const before = environmentKms([old]);
  const wrapped = await before.wrap(key, "a");
  const after = environmentKms([fresh, old]);
  expect(await after.unwrap(wrapped, "a")).toEqual(key);
  expect(after.kekId).not.toBe(before.kekId);
  expect((await after.wrap(key, "a")).kekId).toBe(after.kekId);
  expect(await broken(() => after.unwrap(wrapped, "b"))).toBe("broken");
  await expect(environmentKms([fresh]).unwrap(wrapped, "a")).rejects.toBeInstanceOf(UnknownKek);
});

it("gives no key that was destroyed, although it had been unwrapped before", async () => {
  const keyring = new Keyring(environmentKms([randomBytes(32)]));
  const { dataKey: made, row } = await keyring.make("k");
  expect(await keyring.unwrap({ keyId: "k", ...row })).toEqual(made);
  await expect(keyring.unwrap({ keyId: "k", kekId: row.kekId, wrapped: null })).rejects.toBeInstanceOf(KeyDestroyed);
});
