import { openApiDocument } from "@/lib/platform/openapi";
import packageJson from "@/package.json";
import { calls } from "../_calls";

let document: string | undefined;

export function GET(): Response {
  document ??= JSON.stringify(openApiDocument(calls, packageJson.version));
  return new Response(document, {
    headers: { "content-type": "application/json", "cache-control": "public, max-age=300" },
  });
}
