import { expect, it } from "vitest";
import { jsonBody } from "./json-body";

const headers = { "content-type": "application/json" };
const read = (body: string) => jsonBody(new Request("http://localhost/", { method: "POST", headers, body }));

it.each([
  ["lists", "[".repeat(5_000) + "]".repeat(5_000)],
  ["objects", `${'{"a":'.repeat(5_000)}1${"}".repeat(5_000)}`],
  ["33 levels", "[".repeat(33) + "]".repeat(33)],
])("refuses what is nested deeper than anything of ours: %s", async (_, body) => {
  expect(await read(body)).toMatchObject({ ok: false, code: "validation_failed" });
});

it("reads 32 levels", async () => {
  expect(await read("[".repeat(32) + "]".repeat(32))).toMatchObject({ ok: true });
});
