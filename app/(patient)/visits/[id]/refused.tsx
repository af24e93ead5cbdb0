import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { PatientPage } from "@/components/shell/page";
import { PhoneLink } from "@/components/shell/phone-link";
import { Button } from "@/components/ui/button";
import { visitHref } from "@/components/visits/visit-href";
import { clinicSettings } from "@/lib/clinic/settings";
import { formatDay, formatTime } from "@/lib/format/dates";
import type { Obstacle, VisitPageData } from "./read-visit";

const HERE: string[] = ["arrived", "checked_in", "in_progress"];
const when = (status: string) => (status === "cancelled" ? status : HERE.includes(status) ? "here" : "past");

type Props = { data: VisitPageData; what: "move" | "cancel"; obstacle: Obstacle };

/** Why it can't be done here, and whom to call. */
export async function Refused({ data: { ctx, visit }, what, obstacle }: Props) {
  const [t, locale, clinic] = await Promise.all([
    getTranslations("visits.refusal"),
    getLocale(),
    clinicSettings(ctx.db),
  ]);
  const until = (at: string) => `${formatDay(at, visit.timeZone, locale)}, ${formatTime(at, visit.timeZone, locale)}`;
  const why = {
    permission: () => t("permission"),
    status: () => t(`status.${when(visit.status)}`),
    cancel_cutoff: () => t("cancel_cutoff", { until: "until" in obstacle ? until(obstacle.until) : "" }),
    reschedule_cutoff: () => t("reschedule_cutoff", { until: "until" in obstacle ? until(obstacle.until) : "" }),
    max_reschedules: () => t("max_reschedules", { count: "count" in obstacle ? obstacle.count : 0 }),
  }[obstacle.why]();
  const phone = visit.locationPhone ?? clinic.phone;
  return (
    <PatientPage title={t(what === "move" ? "titleMove" : "titleCancel")} lead={why}>
      {phone ? (
        <p className="mb-8">
          {t.rich("call", {
            place: visit.location.name,
            phone: () => <PhoneLink phone={phone} />,
          })}
        </p>
      ) : null}
      <Button variant="secondary" asChild>
        <Link href={visitHref(visit)}>{t("back")}</Link>
      </Button>
    </PatientPage>
  );
}
