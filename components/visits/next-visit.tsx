import { UserRound } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { VisitView } from "@/lib/appointments/views";
import { Button } from "../ui/button";
import { StatusBadge } from "../ui/status-badge";
import { visitHref } from "./visit-href";
import { Confirmed, GetThere, VisitWhen, VisitWhere } from "./visit-words";

/** The visit that comes next, large, with everything one may do about it. `confirm` is its form. */
export function NextVisit({ visit, now, confirm }: { visit: VisitView; now: Date; confirm: ReactNode }) {
  const t = useTranslations("visits");
  return (
    <section
      aria-labelledby="next-visit"
      className="mb-12 overflow-hidden rounded-xl border border-accent-line bg-surface shadow-raised"
    >
      <div className="flex flex-wrap items-center justify-between gap-2 bg-accent px-5 py-3 text-accent-foreground sm:px-6">
        <h2 id="next-visit" className="text-lg">
          {t("next")}
        </h2>
        {visit.patient ? (
          <p className="flex items-center gap-2 text-base font-semibold">
            <UserRound aria-hidden className="size-4.5" />
            {t("for", { name: visit.patient.name })}
          </p>
        ) : null}
      </div>
      <div className="grid gap-5 p-5 sm:p-6">
        <div className="grid gap-3">
          <VisitWhen visit={visit} large />
          <div>
            <p className="font-semibold">{visit.service.name}</p>
            <p>{t("with", { name: visit.doctor.name })}</p>
          </div>
          <VisitWhere visit={visit} />
          {visit.status === "booked" ? null : (
            <StatusBadge status={visit.status} audience="patient" className="justify-self-start" />
          )}
          {visit.confirmedAt ? <Confirmed /> : null}
        </div>
        <div className="flex flex-wrap items-center gap-3 max-sm:[&>*]:w-full">
          {confirm}
          <GetThere visit={visit} now={now} />
        </div>
        <div className="flex flex-wrap items-center gap-3 border-t pt-4">
          <Button variant="secondary" asChild>
            <Link href={visitHref(visit)}>{t("open")}</Link>
          </Button>
          <ChangeLinks visit={visit} />
        </div>
      </div>
    </section>
  );
}

/** Move and cancel, where the visit's rules allow them. */
export function ChangeLinks({ visit }: { visit: VisitView }) {
  const t = useTranslations("visits");
  return (
    <>
      {visit.allowed.reschedule ? (
        <Button variant="secondary" asChild>
          <Link href={visitHref(visit, "/move")}>{t("move")}</Link>
        </Button>
      ) : null}
      {visit.allowed.cancel ? (
        <Button variant="ghost" asChild>
          <Link href={visitHref(visit, "/cancel")}>{t("cancel")}</Link>
        </Button>
      ) : null}
    </>
  );
}
