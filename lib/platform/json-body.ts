import { type FieldError, type Result, refuse } from "@/lib/domain/result";

const MAX_BODY_BYTES = 256 * 1024;
const MAX_DEPTH = 32;
const JSON_TYPE = /^application\/([\w.-]+\+)?json\s*(;|$)/i;

const invalid = (message: string, path = "") => refuse("validation_failed", { errors: [{ path, message }] });

/** The whole body, or null where it has more than `most` bytes. */
export async function readCapped(request: Request, most: number): Promise<Buffer | null> {
  if (Number(request.headers.get("content-length") ?? 0) > most) return null;
  const chunks: Uint8Array[] = [];
  let size = 0;
  if (request.body) {
    for await (const chunk of request.body as unknown as AsyncIterable<Uint8Array>) {
      size += chunk.byteLength;
      if (size > most) return null;
      chunks.push(chunk);
    }
  }
  return Buffer.concat(chunks);
}

/** PostgreSQL stores neither NUL nor half of a surrogate pair: such text is refused by name at the door. */
export function unstorableText(value: unknown, path = ""): FieldError[] {
  if (typeof value === "string") {
    return value.includes("\u0000") || !value.isWellFormed()
      ? [{ path, message: "Contains a character that cannot be stored." }]
      : [];
  }
  if (value === null || typeof value !== "object") return [];
  return Object.entries(value).flatMap(([key, member]) => {
    const at = path ? `${path}.${key}` : key;
    return [...unstorableText(key, at), ...unstorableText(member, at)];
  });
}

/** What is nested without end would fill the stack of whatever walks through it. */
const isDeeper = (value: unknown, levels: number): boolean =>
  value !== null &&
  typeof value === "object" &&
  (levels === 0 || Object.values(value).some((member) => isDeeper(member, levels - 1)));

/** The request's JSON, at most 256 KiB and 32 levels of it; `undefined` where the body is empty. */
export async function jsonBody(
  request: Request,
): Promise<Result<unknown, "validation_failed" | "payload_too_large" | "unsupported_media_type">> {
  const body = await readCapped(request, MAX_BODY_BYTES);
  if (body === null) return refuse("payload_too_large", { detail: `A body has at most ${MAX_BODY_BYTES} bytes.` });
  const text = body.toString("utf8");
  if (text.trim() === "") return { ok: true, value: undefined };
  const type = request.headers.get("content-type");
  if (type && !JSON_TYPE.test(type)) return refuse("unsupported_media_type", { detail: "Send application/json." });
  try {
    const value = JSON.parse(text) as unknown;
    return isDeeper(value, MAX_DEPTH) ? invalid("Is nested too deeply.") : { ok: true, value };
  } catch {
    return invalid("Is not valid JSON.");
  }
}
