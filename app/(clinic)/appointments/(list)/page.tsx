import { CalendarPlus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/shell/client-messages";
import { StaffPage } from "@/components/shell/page";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { VisitView } from "@/lib/appointments/views";
import { visitTable } from "@/lib/appointments/visit-table";
import { shortZoneName } from "@/lib/format/dates";
import { getPatient } from "@/lib/patients/queries";
import { requireActor } from "@/lib/platform/request";
import { clinicLocations, optionsOf } from "../../clinic-lists";
import type { Search } from "../../search-params";
import { visitTableQuery } from "../table";
import { AppointmentsTable, type VisitRow } from "./appointments-table";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("clinic.appointments"))("title") };
}

export default async function AppointmentsPage({ searchParams }: { searchParams: Search }) {
  const ctx = await requireActor("doctor", "receptionist", "admin");
  const query = await visitTableQuery(searchParams);
  const [found, locations, t, locale, patient] = await Promise.all([
    visitTable(ctx, query),
    clinicLocations("all"),
    getTranslations("clinic.appointments"),
    getLocale(),
    query.patientId ? getPatient(ctx, { id: query.patientId }) : null,
  ]);
  const { items, total } = found.ok ? found.value : { items: [], total: 0 };
  const zones = new Set(items.map(({ timeZone }) => timeZone));
  const rows = items.map((visit) =>
    rowOf(visit, zones.size > 1 ? shortZoneName(visit.timeZone, visit.start, locale) : null),
  );
  const isClinic = ctx.actor.role !== "doctor";
  return (
    <StaffPage
      title={t("title")}
      actions={
        isClinic ? (
          <Button size="sm" asChild>
            <Link href="/book">
              <CalendarPlus aria-hidden />
              {t("book")}
            </Link>
          </Button>
        ) : null
      }
    >
      {patient?.ok ? (
        <Alert variant="info" className="mb-4 text-sm">
          {t("of", { name: patient.value.name })}{" "}
          <Link href="/appointments" className="link">
            {t("showAll")}
          </Link>
        </Alert>
      ) : null}
      <ClientMessages namespaces={["clinic.appointments", "clinic.minutes"]}>
        <AppointmentsTable rows={rows} total={total} locations={optionsOf(locations)} isClinic={isClinic} />
      </ClientMessages>
    </StaffPage>
  );
}

const rowOf = (visit: VisitView, zone: string | null): VisitRow => ({
  id: visit.id,
  reference: visit.reference,
  start: visit.start,
  timeZone: visit.timeZone,
  ...(zone ? { zone } : {}),
  minutes: (Date.parse(visit.end) - Date.parse(visit.start)) / 60_000,
  status: visit.status,
  service: visit.service.name,
  doctor: visit.doctor.name,
  location: visit.location.name,
  patient: visit.patient?.name ?? "",
  mayMove: visit.allowed.reschedule,
});
