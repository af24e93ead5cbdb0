import { getLocale } from "next-intl/server";
import { readFindQuery } from "@/components/find/query";
import { getService } from "@/lib/clinic/queries";
import { databaseRefusal } from "@/lib/platform/database-faults";
import { log } from "@/lib/platform/logger";
import { problemResponse } from "@/lib/platform/problem";
import { limitRequest } from "@/lib/platform/rate-limit";
import { pageContext, requestClient } from "@/lib/platform/request";
import { readOffer, readTimes } from "../read-times";

/** One strip of days as JSON, for paging without a new page: `?service&place&doctor&from&day`. Public, as the page is. */
export async function GET(request: Request): Promise<Response> {
  try {
    const limit = await limitRequest("read", (await requestClient()).address);
    if (!limit.allowed) return problemResponse({ code: "rate_limited" }, { "retry-after": `${limit.resetSeconds}` });
    const query = readFindQuery(Object.fromEntries(new URL(request.url).searchParams));
    const ctx = await pageContext();
    const service = query.service ? await getService(ctx, { id: query.service }) : null;
    if (!service?.ok) return problemResponse({ code: "not_found" });
    const locationId = query.place === "any" ? undefined : query.place;
    const [offer, locale] = await Promise.all([readOffer(ctx, service.value.id), getLocale()]);
    const wish = { doctorId: query.doctor, locationId, from: query.from, day: query.day };
    const times = await readTimes(ctx, service.value, offer, wish, locale);
    return Response.json(times, { headers: { "cache-control": "no-store" } });
  } catch (error) {
    log.error("times could not be read", error);
    return problemResponse({ code: databaseRefusal(error)?.code ?? "internal_error" });
  }
}
