import { CalendarClock } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { otherTimes } from "@/app/(public)/find/other-times";
import { findHref, isId, readSlotToken, slotToken } from "@/components/find/query";
import { Alert } from "@/components/ui/alert";
import type { SlotView } from "@/lib/availability/views";
import type { Context } from "@/lib/platform/context";

type Search = Record<string, string | string[] | undefined>;
const SHOWN = 3;

/** What somebody waited for; `visit` is the one that they wanted to be earlier. */
type Wanted = { service: unknown; patient: unknown; visit: unknown };

/** Where somebody is told that an offer is over, with what they waited for and which other times there are. */
export function lateHref({ service, patient, visit }: Wanted, nearest: readonly SlotView[]): string {
  const wanted = Object.entries({ service, patient, visit }).flatMap(([name, id]) =>
    typeof id === "string" && isId(id) ? [[name, id]] : [],
  );
  const times = nearest
    .slice(0, SHOWN)
    .map(({ start, doctorId, locationId }) => [
      "slot",
      slotToken({ start, doctor: { id: doctorId }, location: { id: locationId } }),
    ]);
  return `/visits?${new URLSearchParams([["notice", "late"], ...wanted, ...times])}`;
}

/** Says kindly that an offer is over, and which times can be had instead: each goes on to where it is booked, or where the visit moves. */
export async function Late({ ctx, search }: { ctx: Context; search: Search }) {
  const [id, t] = [oneId(search), await getTranslations("visits")];
  const service = id("service");
  const slots = [search.slot ?? []].flat().flatMap((token) => readSlotToken(token) ?? []);
  const others = service ? await otherTimes(ctx, service, slots.slice(0, SHOWN)) : [];
  const visit = id("visit");
  const query = { service, for: id("patient") };
  const hrefOf = (slot: string) =>
    visit ? findHref(`/visits/${visit}/move/check`, { slot }) : findHref("/find/check", { ...query, slot });
  return (
    <Alert variant="warning" role="status" className="mb-8">
      <p>{t("waiting.notice.late")}</p>
      {others.length > 0 ? (
        <>
          <p className="mt-3 font-semibold">{t("waiting.others")}</p>
          <ul className="mt-1">
            {others.map(({ token, when, who }) => (
              <li key={token}>
                <Link href={hrefOf(token)} className="link inline-flex min-h-11 items-center gap-2">
                  <CalendarClock aria-hidden className="size-5 shrink-0" />
                  <span>
                    {when}, {who}
                  </span>
                </Link>
              </li>
            ))}
          </ul>
        </>
      ) : null}
      <Link
        href={visit ? `/visits/${visit}/move` : findHref("/find", query)}
        className="link inline-flex min-h-11 items-center"
      >
        {others.length > 0 ? t("waiting.allTimes") : t("find")}
      </Link>
    </Alert>
  );
}

const oneId = (search: Search) => (name: string) => {
  const value = search[name];
  return typeof value === "string" && isId(value) ? value : undefined;
};
