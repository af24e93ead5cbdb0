import { Ajv2020, type ValidateFunction } from "ajv/dist/2020.js";
import { calls } from "@/app/api/v1/_calls";
import type { Call } from "@/lib/platform/api";
import { openApiDocument } from "@/lib/platform/openapi";

type Json = { [name: string]: Json } | Json[] | string | number | boolean | null;

/** The document with its objects closed: a member that it does not tell of is a fault of the answer. */
function closed(node: Json): Json {
  if (Array.isArray(node)) return node.map(closed);
  if (node === null || typeof node !== "object") return node;
  const members = Object.entries(node).map(([name, member]) => [name, closed(member)]);
  const isOpen = node.type === "object" && node.properties && node.additionalProperties === undefined;
  return Object.fromEntries(isOpen ? [...members, ["additionalProperties", false]] : members);
}

const document = closed(JSON.parse(JSON.stringify(openApiDocument(calls, "0.0.0"))) as Json);
// Formats stand beside patterns that say the same.
const ajv = new Ajv2020({ strict: false, validateFormats: false, allErrors: true });
ajv.addSchema(document as object, "openapi");

const compiled = new Map<string, ValidateFunction>();
const answered = new Set<string>();

/** Calls that no answer of this process has come from with their own status of success, those of some tags left out. */
export const unanswered = (elsewhere: readonly string[]) =>
  calls
    .filter(({ tag }) => !elsewhere.includes(tag))
    .map(nameOf)
    .filter((name) => !answered.has(name));
const nameOf = ({ method, path }: Pick<Call, "method" | "path">) => `${method} ${path}`;

function validatorOf(call: Call, status: number, type: string): ValidateFunction {
  const steps = ["paths", call.path, call.method.toLowerCase(), "responses", String(status), "content", type, "schema"];
  const pointer = steps.map((step) => step.replaceAll("~", "~0").replaceAll("/", "~1")).join("/");
  const known = compiled.get(pointer) ?? ajv.compile({ $ref: `openapi#/${encodeURI(pointer)}` });
  compiled.set(pointer, known);
  return known;
}

/** Throws where an answer is none that `GET /api/v1/openapi.json` tells of: its status, its type, each member of its body. */
export function checkAnswer(method: string, path: string, response: Response, text: string): void {
  const call = calls.find((one) => one.method === method && one.path === path);
  if (!call || response.status === 304) return;
  const said = `${nameOf(call)} answered ${response.status} ${text.slice(0, 300)}`;
  if (response.status === call.status) answered.add(nameOf(call));
  if (response.status === 204) {
    if (text !== "") throw new Error(`${said}: a 204 has no body`);
    return;
  }
  const type = response.headers.get("content-type") ?? "";
  // What a file says is nobody's schema.
  if (call.download && response.status === call.status) return;
  const valid = validatorOf(call, response.status, type);
  if (!valid(JSON.parse(text))) throw new Error(`${said}: ${ajv.errorsText(valid.errors)}`);
}
