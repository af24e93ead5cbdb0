import { readdirSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";
import { openApiDocument } from "@/lib/platform/openapi";
import { calls } from "./_calls";

const ROOT = path.join(process.cwd(), "app/api/v1");
// Streams and documents are no calls with a JSON answer.
const OTHER_ROUTES = new Set(["/openapi.json", "/events"]);

const routeFiles = () =>
  readdirSync(ROOT, { recursive: true, encoding: "utf8" })
    .filter((file) => path.basename(file) === "route.ts")
    .map((file) => ({ file, url: `/${path.dirname(file).replaceAll("[", "{").replaceAll("]", "}")}` }))
    .filter(({ url }) => !OTHER_ROUTES.has(url));

describe("the calls of the API", () => {
  it("are the doors that the route files open, and no others", async () => {
    const open: string[] = [];
    for (const { file, url } of routeFiles()) {
      const module = (await import(path.join(ROOT, file))) as Record<
        string,
        { declared?: { method: string; path: string } }
      >;
      for (const [method, handler] of Object.entries(module)) {
        if (!handler.declared) continue;
        expect(`${handler.declared.method} ${handler.declared.path}`).toBe(`${method} ${url}`);
        open.push(`${method} ${url}`);
      }
    }
    expect(open.sort()).toEqual(calls.map((call) => `${call.method} ${call.path}`).sort());
    // Every door is loaded, which a busy machine takes its time for.
  }, 60_000);

  it("make an OpenAPI 3.1 document that names each of them", () => {
    const document = openApiDocument(calls, "0.0.0");
    expect(document.openapi).toBe("3.1.0");
    for (const call of calls) {
      const operation = document.paths?.[call.path]?.[call.method.toLowerCase() as "get"];
      expect(Object.keys(operation?.responses ?? {}), `${call.method} ${call.path}`).toContain(String(call.status));
    }
    const operationIds = calls.map(
      (call) => document.paths?.[call.path]?.[call.method.toLowerCase() as "get"]?.operationId,
    );
    expect(new Set(operationIds).size).toBe(calls.length);
  });
});
