import { type RouteHandler, route } from "@/lib/platform/endpoint";
import { openApiDocument } from "@/lib/platform/openapi";
import packageJson from "@/package.json";
import { calls } from "../_calls";

let document: string | undefined;

const send: RouteHandler = async () => {
  document ??= JSON.stringify(openApiDocument(calls, packageJson.version));
  return new Response(document, {
    headers: { "content-type": "application/json", "cache-control": "public, max-age=300" },
  });
};

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: send });
