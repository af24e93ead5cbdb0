import { calls } from "@/app/api/v1/_calls";
import type { Call } from "@/lib/platform/api";
import { openApiDocument } from "@/lib/platform/openapi";
import { BROKEN_JSON, HOSTILE_TEXT, HOSTILE_VALUES, type Random, VALID_TEXT, WORDS } from "./fuzz-values";
import { CALLERS, type Caller, type Things } from "./town";

// Requests made from our own OpenAPI document: valid, nearly valid and hostile. The same seed makes the same choices.

type Schema = {
  $ref?: string;
  type?: string | string[];
  format?: string;
  pattern?: string;
  enum?: unknown[];
  const?: unknown;
  anyOf?: Schema[];
  oneOf?: Schema[];
  allOf?: Schema[];
  items?: Schema;
  properties?: Record<string, Schema>;
  required?: string[];
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  minItems?: number;
  maxItems?: number;
};
type Operation = {
  parameters?: { in: string; name: string; required?: boolean; schema: Schema }[];
  requestBody?: { content: Record<string, { schema: Schema }> };
};
type Document = { paths: Record<string, Record<string, Operation>>; components?: { schemas?: Record<string, Schema> } };
const document = JSON.parse(JSON.stringify(openApiDocument(calls, "0.0.0"))) as Document;

export type Fuzzed = { caller: Caller; method: string; url: string; body?: string; headers: Record<string, string> };

export function fuzzer(r: Random, things: readonly Things[]) {
  const ids = things.flatMap((one) => Object.values(one));
  const known: string[] = [];

  const resolve = (schema: Schema): Schema =>
    schema.$ref ? resolve(document.components?.schemas?.[schema.$ref.split("/").at(-1) as string] ?? {}) : schema;

  function id(name: string): string {
    if (r.chance(0.1)) return r.uuid();
    if (known.length > 0 && r.chance(0.2)) return r.pick(known);
    const kind = name.replace(/Ids?$/, "") as keyof Things;
    return r.chance(0.85) && things[0]?.[kind] ? r.pick(things)[kind] : r.pick(ids);
  }

  function text(schema: Schema, name: string): string {
    if (schema.format === "uuid" || /Ids?$/.test(name)) return id(name);
    const make = schema.format ? VALID_TEXT[schema.format] : undefined;
    if (make) return make(r);
    const words = r.pick(WORDS);
    const most = schema.maxLength ?? 40;
    // As long as may be, and one more.
    if (r.chance(0.05)) return "x".repeat(Math.min(most + r.below(2), 60_000));
    return words.padEnd(schema.minLength ?? 0, "x");
  }

  function number({ minimum = -5, maximum = 1_000 }: Schema): number {
    return r.pick([minimum, maximum, minimum - 1, maximum + 1, minimum + r.below(20), 15, 30, 1]);
  }

  function valid(given: Schema, name: string, depth: number): unknown {
    const schema = resolve(given);
    if (schema.enum) return r.pick(schema.enum);
    if (schema.const !== undefined) return schema.const;
    const choices = schema.anyOf ?? schema.oneOf;
    if (choices) return valid(r.pick(choices), name, depth);
    if (schema.allOf) return Object.assign({}, ...schema.allOf.map((one) => valid(one, name, depth)));
    const type = Array.isArray(schema.type) ? r.pick(schema.type) : schema.type;
    if (type === "object" || schema.properties) return object(schema, depth);
    if (type === "array") {
      const most = Math.min(schema.maxItems ?? 3, 3);
      const length = Math.max(schema.minItems ?? 0, r.below(most + 1));
      return Array.from({ length }, () => member(schema.items ?? {}, name, depth + 1));
    }
    if (type === "integer" || type === "number") return number(schema);
    if (type === "boolean") return r.chance(0.5);
    return type === "null" ? null : text(schema, name);
  }

  const member = (schema: Schema, name: string, depth: number): unknown => {
    if (!r.chance(depth > 0 ? 0.06 : 0.02)) return valid(schema, name, depth);
    return r.chance(0.6) ? r.pick(HOSTILE_TEXT) : r.pick(HOSTILE_VALUES);
  };

  function object(schema: Schema, depth: number): Record<string, unknown> {
    const made: Record<string, unknown> = {};
    for (const [name, one] of Object.entries(schema.properties ?? {})) {
      const isNeeded = schema.required?.includes(name) ? !r.chance(0.03) : r.chance(0.5);
      if (isNeeded && depth < 6) made[name] = member(one, name, depth + 1);
    }
    if (r.chance(0.03)) made[r.pick(["role", "id", "isAdmin", "__proto__x", "", "a.b"])] = r.pick(HOSTILE_VALUES);
    return made;
  }

  const queryText = (value: unknown) => (typeof value === "object" ? JSON.stringify(value) : String(value));

  function urlOf(call: Call, parameters: Operation["parameters"]): string {
    const path = call.path.replace(/\{(\w+)\}/g, (_, name: string) => {
      if (r.chance(0.04)) return encodeURIComponent(r.pick(HOSTILE_TEXT).toWellFormed()).replaceAll(".", "%2E") || "x";
      return id(name === "id" ? kindOfPath(call.path) : name);
    });
    const query = new URLSearchParams();
    for (const { in: where, name, required, schema } of parameters ?? []) {
      if (where !== "query" || !(required ? !r.chance(0.03) : r.chance(0.35))) continue;
      query.append(name, queryText(member(schema, name, 1)));
      if (r.chance(0.02)) query.append(name, r.pick(HOSTILE_TEXT));
    }
    if (r.chance(0.02)) query.append(r.pick(["x", "__proto__", "limit", "cursor"]), r.pick(HOSTILE_TEXT));
    return query.size > 0 ? `${path}?${query}` : path;
  }

  function headersOf(): Record<string, string> {
    const plain = HOSTILE_TEXT.filter((one) => /^[\x20-\x7e]*$/.test(one));
    const headers: Record<string, string> = {};
    const sometimes = (share: number, name: string, values: readonly string[]) => {
      if (r.chance(share)) headers[name] = r.pick(values);
    };
    sometimes(0.15, "idempotency-key", ["k1", "k2", "k3", `${r.below(1e9)}`, ...plain]);
    sometimes(0.1, "if-match", ['"1"', 'W/"2"', "*", '"999999999"', '"-1"', ...plain]);
    sometimes(0.05, "if-none-match", ['"1"', "*", ...plain]);
    sometimes(0.02, "content-type", [
      "text/plain",
      "application/json; charset=utf-16",
      "multipart/form-data",
      ...plain,
    ]);
    sometimes(0.02, "accept-language", plain);
    sometimes(0.02, "authorization", ["Bearer x", "Basic YTpi", "Bearer", `Bearer ${"a".repeat(4_000)}`]);
    return headers;
  }

  const bodyOf = (schema: Schema | undefined): string | undefined => {
    if (!schema || r.chance(0.02)) return r.chance(0.1) ? r.pick(BROKEN_JSON) : undefined;
    if (r.chance(0.04)) return r.pick(BROKEN_JSON);
    const sent = JSON.stringify(member(schema, "", 0));
    return r.chance(0.01) ? sent.slice(0, r.below(sent.length)) : sent;
  };

  return {
    /** Ids that answers told of are asked about later. */
    learn(found: string) {
      if (known.length < 500) known.push(found);
      else known[r.below(500)] = found;
    },
    next(): Fuzzed {
      let call = r.pick(calls);
      // Passwords cost 20 ms each to look at, by design.
      if (call.path.startsWith("/auth/") && !r.chance(0.15)) call = r.pick(calls);
      const operation = document.paths[call.path]?.[call.method.toLowerCase()] as Operation;
      const body =
        call.method === "GET" ? undefined : bodyOf(operation.requestBody?.content["application/json"]?.schema);
      const url = urlOf(call, operation.parameters);
      return {
        caller: r.pick(CALLERS),
        method: call.method,
        url,
        headers: headersOf(),
        ...(body === undefined ? {} : { body }),
      };
    },
  };
}

/** A path's id by the things' own words: /appointments/{id} names an appointment. */
function kindOfPath(path: string): string {
  const [, first = "", second = ""] = path.split("/");
  const names = first === "me" ? second : first;
  return { users: "account", holds: "hold", series: "appointment" }[names] ?? names.replace(/s$/, "");
}
