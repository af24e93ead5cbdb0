import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { readFindQuery, readSlotToken } from "@/components/find/query";
import { ClientMessages } from "@/components/shell/client-messages";
import { PatientPage } from "@/components/shell/page";
import { visitHref } from "@/components/visits/visit-href";
import { VisitWhen } from "@/components/visits/visit-words";
import { getLocation } from "@/lib/clinic/queries";
import { getDoctor } from "@/lib/doctors/queries";
import { formatDay, formatTimeRange, zoneName } from "@/lib/format/dates";
import { obstacleTo, readVisitPage, type VisitPageProps } from "../../read-visit";
import { Refused } from "../../refused";
import { MoveForm } from "./move-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("visits.moving"))("check") };
}

/** From when to when, before anything moves. */
export default async function MoveCheckPage(props: VisitPageProps) {
  const data = await readVisitPage(props, "/move/check");
  const obstacle = obstacleTo("move", data);
  if (obstacle) return <Refused data={data} what="move" obstacle={obstacle} />;
  const { ctx, visit, search } = data;
  const { slot: token } = readFindQuery(search);
  const slot = readSlotToken(token);
  if (!slot || !token) redirect(`/visits/${visit.id}/move`);
  const [t, tDetails, locale, doctor, location] = await Promise.all([
    getTranslations("visits.moving"),
    getTranslations("visits.details"),
    getLocale(),
    getDoctor(ctx, { id: slot.doctorId }),
    getLocation(ctx, { id: slot.locationId }),
  ]);
  if (!doctor.ok || !location.ok) redirect(`/visits/${visit.id}/move`);
  const { timeZone } = location.value;
  const end = new Date(Date.parse(slot.start) + visit.durationMinutes * 60_000);
  const when = [
    formatDay(slot.start, timeZone, locale),
    `${formatTimeRange(slot.start, end, timeZone, locale)} (${zoneName(timeZone, slot.start, locale)})`,
  ].join("\n");
  const rows = [
    { id: "for", label: tDetails("for"), value: visit.patient?.name ?? "" },
    { id: "what", label: tDetails("what"), value: visit.service.name },
    { id: "from", label: t("from"), value: <VisitWhen visit={visit} /> },
  ];
  const chosen = [
    { id: "to", label: t("to"), value: <strong className="font-semibold whitespace-pre-line">{when}</strong> },
    { id: "with", label: tDetails("with"), value: doctor.value.name },
    ...(visit.modality === "in_person" ? [{ id: "where", label: tDetails("where"), value: location.value.name }] : []),
  ];
  return (
    <PatientPage title={t("check")} lead={t("lead")}>
      <ClientMessages namespaces={["visits", "find"]}>
        <MoveForm
          key={token}
          id={visit.id}
          slot={token}
          rows={rows}
          chosen={chosen}
          timesHref={visitHref(visit, "/move")}
          keepHref={visitHref(visit)}
        />
      </ClientMessages>
    </PatientPage>
  );
}
