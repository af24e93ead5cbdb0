import { createHash, randomUUID } from "node:crypto";
import type { Actor } from "@/lib/domain/actor";
import { type Refused, type Result, refuse } from "@/lib/domain/result";
import type { Asked, Call, Parsed, Shape } from "./api";
import type { Context } from "./context";
import { databaseRefusal } from "./database-faults";
import { db } from "./db";
import { type FileAnswer, fileResponse } from "./file-response";
import { type Answer, findAnswer, IdempotencyRace, keepAnswer, keepRefusal, requestHash } from "./idempotency";
import { jsonBody, readCapped, unstorableText } from "./json-body";
import { log } from "./logger";
import { metrics } from "./metrics";
import { admits } from "./permissions";
import { problemOf, problemResponse } from "./problem";
import { clientAddress, limitRequest, rateLimitHeaders, tooMany } from "./rate-limit";
import { bearerActor } from "./session";
import { enrolmentRefusal, stepUpRefusal } from "./step-up";
import { fieldErrors } from "./zod-errors";

type Handler<P, Q, B> = (ctx: Context, asked: Asked<P, Q, B>) => Promise<Result<unknown>>;
/** Makes a first answer once more from its id; for answers whose text must not be kept. */
type Again = (ctx: Context, first: { id: string }) => Promise<Result<unknown>>;
type Segments = { params: Promise<Record<string, string | string[] | undefined>> };
export type RouteHandler = (request: Request, segments: Segments) => Promise<Response>;

/** Who asks, by bearer token alone; a token that is dead is an error even where none is needed. */
async function authenticate(
  request: Request,
  { access, stepUp, whileEnrolling, method, path }: Call,
  now: Date,
): Promise<Result<Actor>> {
  const header = request.headers.get("authorization");
  const token = header ? /^Bearer +([\w.~+/=-]+)$/i.exec(header)?.[1] : undefined;
  if (!token) {
    if (header || access !== "public") return refuse("unauthenticated", { detail: "Send a bearer token." });
    return { ok: true, value: { kind: "anonymous" } };
  }
  const actor = await bearerActor(token, now);
  if (!actor) return refuse("unauthenticated", { detail: "The token is not valid, or its session has ended." });
  if (!admits(access, actor)) {
    log.warn("function refused", { method, route: path, userId: actor.userId, role: actor.role });
    return refuse("forbidden", { detail: "Your role does not allow this." });
  }
  const refusal = (whileEnrolling ? null : enrolmentRefusal(actor)) ?? (stepUp ? stepUpRefusal(actor, now) : null);
  return refusal ?? { ok: true, value: actor };
}

/** Values of a query string: a name given once is a string, more often an array. */
function queryValues(url: URL): Record<string, string | string[]> {
  const values: Record<string, string | string[]> = {};
  for (const name of new Set(url.searchParams.keys())) {
    const all = url.searchParams.getAll(name);
    values[name] = all.length === 1 ? (all[0] as string) : all;
  }
  return values;
}

function parse<S extends Shape | undefined>(
  shape: S,
  value: unknown,
  onError: "validation_failed" | "not_found",
): Result<Parsed<S>> {
  if (!shape) return { ok: true, value: undefined as Parsed<S> };
  const stray = unstorableText(value);
  const parsed = shape.safeParse(value);
  if (parsed.success && stray.length === 0) return { ok: true, value: parsed.data as Parsed<S> };
  // An id that is none is an object that does not exist.
  if (onError === "not_found") return refuse("not_found");
  return refuse("validation_failed", { errors: [...stray, ...(parsed.success ? [] : fieldErrors(parsed.error))] });
}

/** `"3"` and `W/"3"` (a proxy that compresses weakens tags) are version 3; anything else matches nothing. */
function expectedVersion(request: Request): number | undefined {
  const tag = request.headers.get("if-match")?.trim();
  if (!tag || tag === "*") return undefined;
  const digits = /^(?:W\/)?"(\d{1,9})"$/.exec(tag)?.[1];
  return digits === undefined ? -1 : Number(digits);
}

function versionOf(value: unknown): number | undefined {
  if (value === null || typeof value !== "object" || !("version" in value)) return undefined;
  return typeof value.version === "number" ? value.version : undefined;
}

const answerOf = (call: Call, value: unknown): Answer => ({
  status: call.status,
  body: call.status === 204 ? null : value,
});

const matchesTag = (header: string | null, tag: string) =>
  header?.split(",").some((one) => one.trim() === "*" || one.trim().replace(/^W\//, "") === tag.replace(/^W\//, ""));

function respond(call: Call, answer: Answer, request: Request, headers: Headers): Response {
  const version = call.versioned ? versionOf(answer.body) : undefined;
  if (answer.status === 204) return new Response(null, { status: 204, headers });
  const text = JSON.stringify(answer.body);
  if (version !== undefined) headers.set("etag", `"${version}"`);
  else if (call.method === "GET" && (call.cacheSeconds !== undefined || !call.query))
    headers.set("etag", `W/"${createHash("sha1").update(text).digest("base64url")}"`);
  // What somebody signed in is shown may differ (an admin sees more), so no shared cache keeps it.
  const shared = call.cacheSeconds !== undefined && !request.headers.has("authorization");
  const kept = shared ? `public, max-age=${call.cacheSeconds}` : "private, no-cache";
  headers.set("cache-control", call.method === "GET" ? kept : "no-store");
  const tag = headers.get("etag");
  if (call.method === "GET" && tag && matchesTag(request.headers.get("if-none-match"), tag)) {
    return new Response(null, { status: 304, headers });
  }
  headers.set("content-type", answer.status >= 400 ? "application/problem+json" : "application/json");
  return new Response(text, { status: answer.status, headers });
}

const replay = (call: Call, answer: Answer, request: Request, headers: Headers) => {
  headers.set("idempotency-replayed", "true");
  return respond(call, answer, request, headers);
};

type Run = {
  call: Call;
  request: Request;
  headers: Headers;
  handler: (ctx: Context) => Promise<Result<unknown>>;
  again: Again | undefined;
};

/** Runs a creating call at most once per key: the answer is kept with the change, and given again to whoever asks again. */
async function runOnce(
  { call, request, headers, handler, again }: Run,
  ctx: Context,
  key: string,
  hash: string,
): Promise<Response> {
  const stored = async (): Promise<Response | null> => {
    const found = await findAnswer(ctx, key, hash);
    if (found.kind === "answer" && again && found.answer.status < 400) {
      const remade = await again(ctx, found.answer.body as { id: string });
      if (!remade.ok) return problemResponse(remade, headers);
      return replay(call, answerOf(call, remade.value), request, headers);
    }
    if (found.kind === "answer") return replay(call, found.answer, request, headers);
    if (found.kind === "reused")
      return problemResponse(
        refuse("idempotency_key_reused", { detail: "This key was used with another request." }),
        headers,
      );
    return null;
  };
  const before = await stored();
  if (before) return before;
  try {
    const result = await handler({
      ...ctx,
      beforeCommit: keepAnswer(ctx, key, hash, (value) =>
        answerOf(call, again ? { id: (kept(value) as { id: string }).id } : kept(value)),
      ),
    });
    if (result.ok) return respond(call, answerOf(call, result.value), request, headers);
    const problem = problemOf(result);
    // A refusal for want of luck is not an answer: the same request may well succeed in a moment.
    if (problem.status === 429 || problem.status >= 500) return problemResponse(result, headers);
    const first = await keepRefusal(ctx, key, hash, { status: problem.status, body: problem });
    return first ? problemResponse(result, headers) : ((await stored()) ?? problemResponse(result, headers));
  } catch (error) {
    const answer = error instanceof IdempotencyRace ? await stored() : null;
    if (answer) return answer;
    throw error;
  }
}

/** What `withActor` hands to `beforeCommit` is the verb's Result, or its bare value. */
const kept = (value: unknown) =>
  value !== null && typeof value === "object" && "ok" in value && "value" in value ? value.value : value;

const MAX_KEY_LENGTH = 255;

function idempotencyKey(call: Call, request: Request): Result<string | null, "validation_failed"> {
  const key = call.creates ? request.headers.get("idempotency-key") : null;
  if (key === null) return { ok: true, value: null };
  const fine = key.length >= 1 && key.length <= MAX_KEY_LENGTH && /^[\x21-\x7e]+$/.test(key);
  if (fine) return { ok: true, value: key };
  return refuse("validation_failed", {
    errors: [{ path: "Idempotency-Key", message: `Must be 1 to ${MAX_KEY_LENGTH} visible ASCII characters.` }],
  });
}

type Read<P, Q, B> = { asked: Asked<P, Q, B>; sent: unknown; key: string | null };

/** Everything the request says, checked against what the call declares. */
async function readRequest<P extends Shape | undefined, Q extends Shape | undefined, B extends Shape | undefined>(
  call: Call<P, Q, B>,
  request: Request,
  segments: Segments,
): Promise<Result<Read<P, Q, B>>> {
  const params = parse(call.params, await segments.params, "not_found");
  if (!params.ok) return params;
  const query = parse(call.query, call.query && queryValues(new URL(request.url)), "validation_failed");
  if (!query.ok) return query;
  const sent = call.body ? await jsonBody(request) : ({ ok: true, value: undefined } as const);
  if (!sent.ok) return sent;
  const body = parse(call.body, sent.value === undefined ? {} : sent.value, "validation_failed");
  if (!body.ok) return body;
  const key = idempotencyKey(call, request);
  if (!key.ok) return key;
  const file = call.uploadBytes ? await readCapped(request, call.uploadBytes) : Buffer.alloc(0);
  if (!file) return refuse("payload_too_large", { detail: `A file has at most ${call.uploadBytes} bytes.` });
  const values = { params: params.value, query: query.value, body: body.value, file };
  const asked = { ...values, expectedVersion: expectedVersion(request), request } as Asked<P, Q, B>;
  return { ok: true, value: { asked, sent: sent.value, key: key.value } };
}

async function answer<P extends Shape | undefined, Q extends Shape | undefined, B extends Shape | undefined>(
  call: Call<P, Q, B>,
  { handler, again }: { handler: Handler<P, Q, B>; again: Again | undefined },
  request: Request,
  segments: Segments,
  requestId: string,
): Promise<Response> {
  const headers = new Headers({ "x-request-id": requestId, vary: "Authorization" });
  const now = new Date();
  const asking = await authenticate(request, call, now);
  // Guesses of tokens count as well, by address.
  const who = asking.ok && asking.value.kind === "user" ? asking.value.userId : clientAddress(request);
  const limit = await limitRequest(call.limit ?? (call.method === "GET" ? "read" : "write"), who);
  for (const [name, value] of Object.entries(rateLimitHeaders(limit))) headers.set(name, value);
  if (!limit.allowed) return problemResponse(tooMany(limit), headers);
  if (!asking.ok) return problemResponse(asking, headers);
  const actor = asking.value;

  const read = await readRequest(call, request, segments);
  if (!read.ok) return problemResponse(read, headers);
  const { asked, sent, key } = read.value;
  const ctx: Context = { db: db(), actor, now, requestId };
  if (key !== null && actor.kind === "user") {
    const hash = requestHash(call.method, new URL(request.url).pathname, sent);
    return runOnce({ call, request, headers, handler: (as) => handler(as, asked), again }, ctx, key, hash);
  }
  const result = await handler(ctx, asked);
  if (!result.ok) return problemResponse(result, headers);
  if (!call.download) return respond(call, answerOf(call, result.value), request, headers);
  const file = fileResponse(result.value as FileAnswer);
  for (const [name, value] of headers) file.headers.set(name, value);
  return file;
}

/**
 * The answer to what was thrown: a fault of the database, or a bug of ours. Nothing was written, but for a commit whose own answer was lost: who
 * sends the request again with its Idempotency-Key learns that.
 */
function failure(error: unknown, call: Call, requestId: string): Response {
  const fault: Refused =
    databaseRefusal(error) ?? refuse("internal_error", { detail: `Something went wrong. Request ${requestId}.` });
  log.error("request failed", error, { requestId, route: call.path, method: call.method, code: fault.code });
  return problemResponse(fault, {
    "x-request-id": requestId,
    ...(fault.code === "unavailable" ? { "retry-after": "5" } : {}),
  });
}

/** A route handler that authenticates, limits, parses, runs `handler`, and answers; every door of the REST API is one of these. */
export function endpoint<P extends Shape | undefined, Q extends Shape | undefined, B extends Shape | undefined>(
  call: Call<P, Q, B>,
  handler: Handler<P, Q, B>,
  again?: Again,
): RouteHandler & { declared: Call } {
  const run: RouteHandler = async (request, segments) => {
    const began = performance.now();
    const requestId = randomUUID();
    const response = await answer(call, { handler, again }, request, segments, requestId).catch((error: unknown) =>
      failure(error, call, requestId),
    );
    metrics().requests.observe(
      { route: call.path, method: call.method, status: response.status },
      (performance.now() - began) / 1000,
    );
    return response;
  };
  return Object.assign(run, { declared: call });
}

const METHODS = ["GET", "POST", "PUT", "PATCH", "DELETE"] as const;
type Methods = Record<(typeof METHODS)[number], RouteHandler>;

/** The exports of a route file: its endpoints, OPTIONS, and for every other method a problem that names those it has. */
export function route(endpoints: Partial<Methods>): Methods & { OPTIONS: RouteHandler } {
  const own = METHODS.filter((method) => endpoints[method]);
  const allow = [...own, ...(endpoints.GET ? ["HEAD"] : []), "OPTIONS"].sort().join(", ");
  const refused: RouteHandler = async () =>
    problemResponse(refuse("method_not_allowed", { detail: `Allowed here: ${allow}.` }), { allow });
  const all = METHODS.map((method) => [method, endpoints[method] ?? refused]);
  const options: RouteHandler = async () => new Response(null, { status: 204, headers: { allow } });
  return { ...(Object.fromEntries(all) as Methods), OPTIONS: options };
}
