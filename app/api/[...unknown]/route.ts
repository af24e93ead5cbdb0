import { refuse } from "@/lib/domain/result";
import { problemResponse } from "@/lib/platform/problem";

const unknown = () => problemResponse(refuse("not_found", { detail: "There is no such route." }));

export { unknown as DELETE, unknown as GET, unknown as OPTIONS, unknown as PATCH, unknown as POST, unknown as PUT };
