import { mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, describe, expect, it, vi } from "vitest";
import { sessionCookieName } from "@/lib/platform/host-cookie";
import { act, formOf } from "@/tests/support/act";
import { testDb } from "@/tests/support/db";
import { type Caller, town } from "@/tests/support/town";

// What needs a sign-in of the last minutes in the pages: every file that they hand out, emergency access, who else may read, roles and second factors.

vi.mock("next/headers", async () => (await import("@/tests/support/act")).nextHeaders);
vi.mock("next/cache", async () => (await import("@/tests/support/act")).nextCache);
vi.mock("next-intl/server", async () => (await import("@/tests/support/act")).nextIntlServer);

const { db, owner, url } = await testDb({ statementTimeoutMs: 60_000 });
Object.assign(process.env, {
  ...{ DATABASE_URL: url, SLOTWELL_MODE: "development", RATE_LIMIT_DISABLED: "true", LOG_LEVEL: "silent" },
  DATA_DIR: mkdtempSync(path.join(tmpdir(), "slotwell-step-up-")),
});
let t: Awaited<ReturnType<typeof town>>;
beforeAll(async () => {
  t = await town(db, owner);
}, 60_000);

/** A browser whose owner proved who they are so many minutes ago. */
async function browserOf(caller: Caller, minutesAgo: number) {
  const { cookie = "" } = await t.signIn(caller);
  await owner`update sessions set authenticated_at = now() - ${minutesAgo} * interval '1 minute'`;
  return { name: sessionCookieName(), value: cookie };
}

const exports_ = readdirSync("app", { recursive: true, encoding: "utf8" })
  .map((file) => `app/${file}`)
  .filter((file) => file.endsWith("/export/route.ts") && !file.startsWith("app/api/"));

it("knows the files that the pages hand out", () => {
  expect(exports_.map((file) => path.dirname(file)).sort()).toEqual([
    "app/(clinic)/(desk)/recalls/export",
    "app/(clinic)/admin/audit/access/export",
    "app/(clinic)/admin/audit/export",
    "app/(clinic)/appointments/export",
  ]);
});

it.each(exports_)("asks who it is before it hands out %s, and leads back to the page", async (file) => {
  const { GET } = (await import(path.resolve(file))) as { GET: (request: Request) => Promise<Response> };
  const page = path.dirname(file).replace(/^app|\/\([^)]*\)|\/export$/g, "");
  const get = async (minutesAgo: number) => {
    const browser = await browserOf("admin", minutesAgo);
    const { answer } = await act(browser, () => GET(new Request(`http://localhost:3000${page}/export?sort=start`)));
    return answer as Response;
  };
  const stale = await get(11);
  expect([stale.status, stale.headers.get("location"), await stale.text()]).toEqual([
    303,
    `/account/confirm?next=${encodeURIComponent(`${page}?sort=start`)}`,
    "",
  ]);
  const fresh = await get(9);
  expect([fresh.status, fresh.headers.get("content-type")]).toEqual([200, "text/csv; charset=utf-8"]);
});

describe("an older sign-in", () => {
  type Action = (state: unknown, form: FormData) => Promise<unknown>;
  const actions: [file: string, name: string, caller: Caller, fields: () => Record<string, string>][] = [
    [
      "app/(clinic)/patients/[id]/records/actions.ts",
      "openGlassAction",
      "doctor",
      () => ({ patientId: t.of.bo.patient, reason: "nobody else is here", minutes: "15" }),
    ],
    [
      "app/(patient)/records/actions.ts",
      "grantAccessAction",
      "patient",
      () => ({ doctorId: t.of.bo.doctor, reason: "R" }),
    ],
    [
      "app/(clinic)/admin/actions.ts",
      "saveUserAction",
      "admin",
      () => ({ id: t.of.ana.account, version: "1", role: "doctor" }),
    ],
  ];
  it.each(actions)("is not enough for %s %s", async (file, name, caller, fields) => {
    const module = (await import(path.resolve(file))) as Record<string, Action>;
    const run = async (minutesAgo: number) => {
      const outcome = await act(await browserOf(caller, minutesAgo), () =>
        (module[name] as Action)({}, formOf(fields())),
      );
      return (outcome.answer as { code?: string } | undefined)?.code;
    };
    expect(await run(11)).toBe("step_up_required");
    expect(await run(9)).not.toBe("step_up_required");
  });
});
