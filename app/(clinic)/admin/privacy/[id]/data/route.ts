import { exportAnswer } from "@/app/export-answer";
import { isUuid } from "@/lib/clinic/queries";
import { problemResponse } from "@/lib/platform/problem";

/** The export of a patient for an admin who answers a request, `?as=html` or `?as=json`. */
export async function GET(request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  const { id } = await params;
  const form = new URL(request.url).searchParams.get("as");
  if (!isUuid(id) || (form !== "html" && form !== "json")) return problemResponse({ code: "not_found" });
  return exportAnswer(id, form, `/admin/privacy/${id}`);
}
