import { exportAnswer } from "@/app/export-answer";
import { isId } from "@/components/find/query";
import { problemResponse } from "@/lib/platform/problem";

/** The export of `?for=`, `?as=html` to read or `?as=json` for programs. */
export async function GET(request: Request): Promise<Response> {
  const { searchParams } = new URL(request.url);
  const [id, form] = [searchParams.get("for"), searchParams.get("as")];
  if (!id || !isId(id) || (form !== "html" && form !== "json")) return problemResponse({ code: "not_found" });
  return exportAnswer(id, form, `/privacy?for=${id}`);
}
