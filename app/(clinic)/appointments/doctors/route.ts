import { doctorNames } from "@/lib/doctors/doctor-names";
import { may } from "@/lib/platform/permissions";
import { pageContext } from "@/lib/platform/request";

/** Names for the list's filter by doctor, fetched when somebody enters it. */
export async function GET(): Promise<Response> {
  const ctx = await pageContext();
  const { actor } = ctx;
  if (actor.kind !== "user") return new Response(null, { status: 401 });
  if (!may(actor, "visit.table")) return new Response(null, { status: 403 });
  const names = await doctorNames(ctx);
  return Response.json(names, { headers: { "cache-control": "private, max-age=60" } });
}
