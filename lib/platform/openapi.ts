import { z } from "zod";
import { createDocument, type ZodOpenApiOperationObject, type ZodOpenApiPathsObject } from "zod-openapi";
import type { Call } from "./api";
import { statusOf } from "./problem";

const problem = z
  .object({
    type: z.string(),
    title: z.string(),
    status: z.int(),
    code: z.string(),
    detail: z.string().optional(),
    errors: z.array(z.object({ path: z.string(), message: z.string() })).optional(),
  })
  .loose()
  .meta({ id: "Problem", description: "RFC 9457 problem details." });

const binary = z.string().meta({ format: "binary" });

/** The refusals that a call can answer with because of what it is, beside those that it names itself. */
function refusalsOf(call: Call): string[] {
  const codes = new Set(["rate_limited", "internal_error", "unavailable", ...(call.refusals ?? [])]);
  // A public call refuses a dead token too: whoever sends one thinks that somebody is signed in.
  codes.add("unauthenticated");
  if (call.access !== "public" && call.access !== "signed_in") codes.add("forbidden");
  if (call.stepUp) codes.add("step_up_required");
  if (!call.whileEnrolling) codes.add("second_factor_required");
  if (call.params) codes.add("not_found");
  if (call.query || call.body || call.creates) codes.add("validation_failed");
  if (call.uploadBytes || call.body)
    for (const code of ["payload_too_large", "unsupported_media_type"]) codes.add(code);
  if (call.creates) codes.add("idempotency_key_reused");
  if (call.versioned && call.method !== "GET" && call.method !== "POST") codes.add("version_conflict");
  return [...codes].sort();
}

function problemResponses(call: Call) {
  const byStatus = new Map<number, string[]>();
  for (const code of refusalsOf(call)) byStatus.set(statusOf(code), [...(byStatus.get(statusOf(code)) ?? []), code]);
  return Object.fromEntries(
    [...byStatus].map(([status, codes]) => [
      String(status),
      { description: codes.join(", "), content: { "application/problem+json": { schema: problem } } },
    ]),
  );
}

function headersOf(call: Call) {
  const shape: Record<string, z.ZodType> = {};
  if (call.creates) {
    shape["Idempotency-Key"] = z
      .string()
      .min(1)
      .max(255)
      .optional()
      .meta({ description: "Same key and body: the first answer again." });
  }
  if (call.versioned && call.method !== "GET") {
    shape["If-Match"] = z.string().optional().meta({ description: "The ETag that the change starts from." });
  }
  return Object.keys(shape).length > 0 ? z.object(shape) : undefined;
}

const operationId = ({ method, path }: Call) =>
  `${method.toLowerCase()}${path.replace(/[{}]/g, "").replace(/(^|[/-])(\w)/g, (_, __, letter: string) => letter.toUpperCase())}`;

function operation(call: Call): ZodOpenApiOperationObject {
  const headers = headersOf(call);
  const success = call.response
    ? {
        description: "Done",
        content: { [call.download ? "*/*" : "application/json"]: { schema: call.response } },
      }
    : { description: "Done" };
  return {
    operationId: operationId(call),
    summary: call.summary,
    tags: [call.tag],
    security: call.access === "public" ? [{}, { bearer: [] }] : [{ bearer: [] }],
    requestParams: {
      ...(call.params ? { path: call.params as z.ZodObject } : {}),
      ...(call.query ? { query: call.query as z.ZodObject } : {}),
      ...(headers ? { header: headers } : {}),
    },
    ...(call.uploadBytes
      ? { requestBody: { required: true, content: { "application/octet-stream": { schema: binary } } } }
      : {}),
    ...(call.body ? { requestBody: { required: true, content: { "application/json": { schema: call.body } } } } : {}),
    responses: { [String(call.status) as "200"]: success, ...problemResponses(call) },
  };
}

/** The OpenAPI 3.1 document of these calls, made from the schemas that check them. */
export function openApiDocument(calls: readonly Call[], version: string) {
  const paths: ZodOpenApiPathsObject = {};
  for (const call of calls) {
    paths[call.path] = { ...paths[call.path], [call.method.toLowerCase()]: operation(call) };
  }
  return createDocument({
    openapi: "3.1.0",
    info: {
      title: "Slotwell",
      version,
      description:
        "Appointments for clinics. Instants are RFC 3339 and answered in UTC; `timeZone` names the zone of a wall time.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: "/api/v1" }],
    components: { securitySchemes: { bearer: { type: "http", scheme: "bearer", bearerFormat: "JWT" } } },
    paths,
  });
}
