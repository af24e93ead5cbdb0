import { isUuid } from "@/lib/clinic/queries";
import { refuse } from "@/lib/domain/result";
import { databaseRefusal } from "@/lib/platform/database-faults";
import { fileResponse } from "@/lib/platform/file-response";
import { log } from "@/lib/platform/logger";
import { problemResponse } from "@/lib/platform/problem";
import { pageContext } from "@/lib/platform/request";
import { getAttachment } from "@/lib/records/attachments";

/** A record's file as a download, for whoever may read the record. What is not there and what is closed answer alike. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  try {
    const ctx = await pageContext();
    const file = isUuid(id) ? await getAttachment(ctx, { id }) : refuse("not_found");
    return file.ok ? fileResponse(file.value) : problemResponse(refuse("not_found"));
  } catch (error) {
    const fault = databaseRefusal(error) ?? refuse("internal_error");
    log.error("reading a file failed", error, { code: fault.code });
    return problemResponse(fault);
  }
}
