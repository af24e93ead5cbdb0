import { getTranslations } from "next-intl/server";
import { isId } from "@/components/find/query";
import { getVisit } from "@/lib/appointments/get-appointment";
import { visitCalendar } from "@/lib/notifications/calendar";
import { databaseRefusal } from "@/lib/platform/database-faults";
import { env } from "@/lib/platform/env";
import { log } from "@/lib/platform/logger";
import { problemResponse } from "@/lib/platform/problem";
import { pageContext } from "@/lib/platform/request";

/** The visit for the reader's own calendar: when and where, and no more. For those who may see the visit. */
export async function GET(_request: Request, { params }: { params: Promise<{ id: string }> }): Promise<Response> {
  try {
    const { id } = await params;
    const ctx = await pageContext();
    if (ctx.actor.kind !== "user") return problemResponse({ code: "unauthenticated" });
    const found = isId(id) ? await getVisit(ctx, { id }) : null;
    if (!found?.ok || found.value.status === "held" || found.value.status === "cancelled")
      return problemResponse({ code: "not_found" });
    const visit = found.value;
    const t = await getTranslations("visits.calendarFile");
    const url = `${env().appUrl}/visits/${visit.id}`;
    const place = [visit.location.name, visit.locationAddress].filter(Boolean).join(", ");
    const file = visitCalendar(
      {
        appointmentId: visit.id,
        version: visit.version,
        startsAt: new Date(visit.start),
        endsAt: new Date(visit.end),
        summary: t("summary"),
        description: t("description", { reference: visit.reference, url }),
        place: visit.modality === "in_person" ? place : null,
        url,
      },
      ctx.now,
    );
    const headers = {
      "content-type": "text/calendar; charset=utf-8",
      "content-disposition": `attachment; filename="appointment-${visit.reference}.ics"`,
      "cache-control": "private, no-store",
    };
    return new Response(file, { headers });
  } catch (error) {
    log.error("calendar file could not be made", error);
    return problemResponse({ code: databaseRefusal(error)?.code ?? "internal_error" });
  }
}
