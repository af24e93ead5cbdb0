import { ownDoctor } from "@/app/(doctor)/own-doctor";
import { isUuid } from "@/lib/clinic/queries";
import { databaseRefusal } from "@/lib/platform/database-faults";
import { readCapped } from "@/lib/platform/json-body";
import { log } from "@/lib/platform/logger";
import { limitRequest } from "@/lib/platform/rate-limit";
import { addAttachment } from "@/lib/records/attachments";
import { MAX_FILE_BYTES } from "@/lib/records/file-type";

/** A form's own words around the file. */
const ENVELOPE_BYTES = 64 * 1024;
const FAULTS: Record<string, string> = {
  payload_too_large: "size",
  unsupported_media_type: "type",
  too_many_files: "many",
  validation_failed: "none",
};

type Segments = { params: Promise<{ id: string; recordId: string }> };

/** Takes a file for a draft from a plain form, and leads back to the draft; `?file=` says why it was not taken. */
export async function POST(request: Request, { params }: Segments): Promise<Response> {
  const { id, recordId } = await params;
  const back = (fault?: string) =>
    new Response(null, {
      status: 303,
      headers: { location: `/patients/${id}/records/${recordId}/write${fault ? `?file=${fault}` : ""}#files` },
    });
  if (!isUuid(id) || !isUuid(recordId)) return new Response(null, { status: 404 });
  try {
    const own = await ownDoctor();
    // The page itself says what is missing, and leads to signing in.
    if (!own.ok) return back();
    const limit = await limitRequest("write", own.value.ctx.actor.userId);
    if (!limit.allowed) return back("other");
    const body = await readCapped(request, MAX_FILE_BYTES + ENVELOPE_BYTES);
    if (!body) return back("size");
    const file = await fileOf(request, body);
    if (!file) return back("none");
    const bytes = Buffer.from(await file.arrayBuffer());
    const added = await addAttachment(own.value.ctx, { recordId, fileName: file.name, bytes });
    return back(added.ok ? undefined : (FAULTS[added.code] ?? "other"));
  } catch (error) {
    log.error("a file was not taken", error, { code: databaseRefusal(error)?.code ?? "internal_error" });
    return back("other");
  }
}

async function fileOf(request: Request, body: Buffer): Promise<File | null> {
  const headers = { "content-type": request.headers.get("content-type") ?? "" };
  const form = await new Response(new Uint8Array(body), { headers }).formData().catch(() => null);
  const file = form?.get("file");
  return file instanceof File && file.size > 0 ? file : null;
}
