import { randomBytes } from "node:crypto";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { fakeS3 } from "@/tests/support/fake-s3";
import { folderStorage, type Storage, s3Storage } from "./storage";

const account = { region: "eu-test-1", accessKeyId: "AKTEST", secretAccessKey: "a secret / of + the test" };
const store = await fakeS3(account);
afterAll(() => store.close());
const s3 = (more: Partial<typeof account & { bucketUrl: string }> = {}) =>
  s3Storage({ ...account, bucketUrl: store.bucketUrl, ...more });
const name = () => randomBytes(16).toString("hex");
const bytes = randomBytes(70_000);
beforeEach(() => {
  store.failures.length = 0;
  store.refusals.length = 0;
});

const stores: [string, () => Storage][] = [
  ["a folder", () => folderStorage(mkdtempSync(path.join(tmpdir(), "slotwell-storage-")))],
  ["a bucket", () => s3()],
];
describe.each(stores)("%s", (_, open) => {
  it("gives back what was put there, byte for byte, until it is removed", async () => {
    const [storage, one, other] = [open(), name(), name()];
    await storage.put(one, bytes);
    await storage.put(other, Buffer.alloc(0));
    expect(await storage.get(one)).toEqual(bytes);
    expect(await storage.get(other)).toEqual(Buffer.alloc(0));
    await storage.put(one, Buffer.from("anew"));
    expect((await storage.get(one)).toString()).toBe("anew");
    await storage.remove(one);
    await storage.remove(one);
    await expect(storage.get(one)).rejects.toThrow();
  });

  it("takes no name but its own", async () => {
    for (const wrong of ["../secrets", "", "A".repeat(32), `${name()}/..`, `${name()}?acl`, `${name()}\n`])
      for (const ask of [() => open().put(wrong, bytes), () => open().get(wrong), () => open().remove(wrong)])
        await expect((async () => ask())()).rejects.toThrow("none of ours");
  });
});

describe("a bucket", () => {
  it("lies under the path of its URL, with or without a slash at its end", async () => {
    const one = name();
    await s3({ bucketUrl: `${store.bucketUrl}/` }).put(one, bytes);
    expect(store.objects.get(`/clinic/${one}`)).toEqual(bytes);
    expect(await s3().get(one)).toEqual(bytes);
  });

  it.each([
    ["another secret", { secretAccessKey: "guessed" }, "SignatureDoesNotMatch"],
    ["another key", { accessKeyId: "AKOTHER" }, "InvalidAccessKeyId"],
    ["another region", { region: "elsewhere" }, "InvalidAccessKeyId"],
  ])("refuses requests signed with %s, and the error tells none of it", async (_, wrong, refusal) => {
    const failed = await s3(wrong)
      .put(name(), bytes)
      .catch((error: Error) => error);
    expect(store.refusals).toEqual([refusal]);
    expect(failed).toMatchObject({ message: "the file store answered 403 to PUT" });
  });

  it("signs what is sent: a body that was changed on its way is refused", async () => {
    const sent = globalThis.fetch;
    globalThis.fetch = async (request, init) => {
      const { url, method, headers } = new Request(request, init);
      return sent(url, { method, headers, body: "changed on its way" });
    };
    try {
      await expect(s3().put(name(), bytes)).rejects.toThrow("403");
      expect(store.refusals).toEqual(["XAmzContentSHA256Mismatch"]);
    } finally {
      globalThis.fetch = sent;
    }
  });

  it("is asked again while it is busy, and given up on after the third no", async () => {
    const one = name();
    store.failures.push(503, 500);
    await s3().put(one, bytes);
    store.failures.push(429, 503);
    expect(await s3().get(one)).toEqual(bytes);
    store.failures.push(503, 503, 503);
    const before = store.asked();
    await expect(s3().get(one)).rejects.toThrow("the file store answered 503 to GET");
    expect(store.asked() - before).toBe(3);
  });

  it("says so where it is gone, or goes away in the middle", async () => {
    await expect(s3({ bucketUrl: "http://127.0.0.1:1/clinic" }).put(name(), bytes)).rejects.toThrow();
    const one = name();
    store.failures.push(0);
    await expect(s3().put(one, bytes)).rejects.toThrow();
    expect(store.objects.has(`/clinic/${one}`)).toBe(false);
  });
});
