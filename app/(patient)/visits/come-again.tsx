import { CalendarPlus } from "lucide-react";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { findHref } from "@/components/find/query";
import { Button } from "@/components/ui/button";
import { formatLocalDate } from "@/lib/format/dates";
import { listNextVisits } from "@/lib/next-visits/queries";
import type { NextVisitView } from "@/lib/next-visits/views";
import type { Context } from "@/lib/platform/context";

type Props = {
  ctx: Context;
  patientId: string | undefined;
  /** Those for whom the reader may book. */
  bookable: ReadonlySet<string>;
  showsPerson: boolean;
};
const WEEK_MS = 7 * 86_400_000;

/** When the doctors ask to come again, with the way to a time; nothing where they do not. */
export async function ComeAgain({ ctx, patientId, bookable, showsPerson }: Props) {
  const [found, t, locale] = await Promise.all([
    listNextVisits(ctx, { patientId }),
    getTranslations("visits.again"),
    getLocale(),
  ]);
  if (!found.ok || found.value.length === 0) return null;
  return (
    <section aria-labelledby="again" className="mb-10">
      <h2 id="again" className="mb-4 text-xl">
        {t("title")}
      </h2>
      <ul className="grid gap-4">
        {found.value.map((wish) => (
          <li
            key={wish.appointmentId}
            className="flex flex-wrap items-center justify-between gap-4 rounded-xl border bg-surface p-5"
          >
            <div className="min-w-0 flex-1 basis-64">
              <p>
                {t(showsPerson ? "askedFor" : "asked", {
                  doctor: wish.doctor.name,
                  date: formatLocalDate(wish.wishedOn, locale, "date"),
                  name: wish.patient.name,
                })}
              </p>
              <p className="font-semibold">{wish.service.name}</p>
            </div>
            {bookable.has(wish.patient.id) ? (
              <Button asChild className="max-sm:w-full">
                <Link href={wish.isBookable ? hrefOf(wish, ctx.now, showsPerson) : "/help"}>
                  <CalendarPlus aria-hidden />
                  {t(wish.isBookable ? "find" : "call")}
                </Link>
              </Button>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}

function hrefOf(
  { service, doctor, patient, wishedOn, hasDoctor }: NextVisitView,
  now: Date,
  showsPerson: boolean,
): string {
  const from = new Date(Math.max(Date.parse(wishedOn) - WEEK_MS, now.getTime())).toISOString().slice(0, 10);
  return findHref(
    "/find",
    {},
    {
      ...{ service: service.id, from },
      ...(showsPerson ? { for: patient.id } : {}),
      ...(hasDoctor ? { doctor: doctor.id } : {}),
    },
  );
}
