import { readdirSync } from "node:fs";
import path from "node:path";
import type { RouteHandler } from "@/lib/platform/endpoint";
import { checkAnswer } from "./answers";

const ROOT = path.join(process.cwd(), "app/api/v1");

/** Folders of route files as patterns of the paths that they serve. */
const routes = readdirSync(ROOT, { recursive: true, encoding: "utf8" })
  .filter((file) => path.basename(file) === "route.ts")
  .map((file) => {
    const folder = path.dirname(file);
    const names = [...folder.matchAll(/\[(\w+)\]/g)].map((match) => match[1] as string);
    const pattern = new RegExp(`^/${folder.replaceAll(".", "\\.").replace(/\[\w+\]/g, "([^/]+)")}$`);
    const declared = `/${folder.replace(/\[(\w+)\]/g, "{$1}")}`;
    return { file: path.join(ROOT, file), names, pattern, declared, dynamic: names.length };
  })
  .sort((a, b) => a.dynamic - b.dynamic);

export type Reply = {
  status: number;
  body: Record<string, unknown> & { code?: string; items?: never[] };
  headers: Headers;
};
export type Ask = { token?: string | undefined; body?: unknown; headers?: Record<string, string> };

/**
 * Sends a request to the route handlers themselves, without a server: `api("GET", "/me", {token})`. Whatever they answer has to be what
 * the OpenAPI document says.
 */
export async function api(method: string, url: string, { token, body, headers = {} }: Ask = {}): Promise<Reply> {
  const { pathname } = new URL(url, "http://localhost");
  const found = routes.map((route) => ({ route, match: route.pattern.exec(pathname) })).find(({ match }) => match);
  if (!found?.match) throw new Error(`no route file serves ${pathname}`);
  const { route, match } = found;
  const module = (await import(route.file)) as Record<string, RouteHandler>;
  const params = Object.fromEntries(
    route.names.map((name, index) => [name, decodeURIComponent(match[index + 1] as string)]),
  );
  const request = new Request(new URL(`/api/v1${url}`, "http://localhost"), {
    method,
    headers: { "content-type": "application/json", ...(token ? { authorization: `Bearer ${token}` } : {}), ...headers },
    ...(body === undefined ? {} : { body: typeof body === "string" ? body : JSON.stringify(body) }),
  });
  const response = await (module[method] as RouteHandler)(request, { params: Promise.resolve(params) });
  const text = await response.text();
  checkAnswer(method, route.declared, response, text);
  return {
    status: response.status,
    body: /json/.test(response.headers.get("content-type") ?? "") ? JSON.parse(text) : {},
    headers: response.headers,
  };
}
