import { getLocale, getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/shell/client-messages";
import type { VisitView } from "@/lib/appointments/views";
import { formatLocalDate } from "@/lib/format/dates";
import { getNextVisit } from "@/lib/next-visits/queries";
import type { NextVisitChoice } from "@/lib/next-visits/views";
import type { Context } from "@/lib/platform/context";
import { clinicLists } from "../clinic-lists";
import { NextVisitForm } from "./next-visit-form";

/** When the patient should come again, from when the visit is to have begun; nothing where it did not take place. */
export async function NextVisitSection({ ctx, visit }: { ctx: Context; visit: VisitView }) {
  if (visit.status === "booked" && Date.parse(visit.start) > ctx.now.getTime()) return null;
  const [found, { services }, t] = await Promise.all([
    getNextVisit(ctx, { appointmentId: visit.id }),
    clinicLists("active"),
    getTranslations("clinic.visit.nextVisit"),
  ]);
  if (!found.ok) return null;
  return (
    <section aria-labelledby="next-visit" className="grid gap-3 rounded-lg border bg-surface p-4">
      <div>
        <h2 id="next-visit" className="text-lg">
          {t("title")}
        </h2>
        <p className="text-sm text-muted-foreground">
          <Standing choice={found.value} services={services} />
        </p>
      </div>
      {found.value.mayBeSaid ? (
        <ClientMessages namespaces={["clinic.visit.nextVisit"]}>
          <NextVisitForm
            key={`${found.value.said?.weeks} ${found.value.said?.serviceId}`}
            appointmentId={visit.id}
            choice={found.value}
            services={services}
          />
        </ClientMessages>
      ) : null}
    </section>
  );
}

async function Standing({ choice, services }: { choice: NextVisitChoice; services: { id: string; name: string }[] }) {
  const [t, locale] = await Promise.all([getTranslations("clinic.visit.nextVisit"), getLocale()]);
  const { said, rule, leadDays } = choice;
  if (!said) return rule.weeks === null ? t("unsaid") : t("rule", { weeks: rule.weeks });
  if (said.weeks === null || said.wishedOn === null) return t("notNeeded");
  const service = services.find(({ id }) => id === said.serviceId)?.name ?? "";
  const day = t("wished", { date: formatLocalDate(said.wishedOn, locale, "date"), service });
  return `${day} ${said.outcome ? t(`outcome.${said.outcome}`) : t("planned", { days: leadDays })}`;
}
