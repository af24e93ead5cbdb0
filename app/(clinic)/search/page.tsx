import { SearchX } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { redirect } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { StaffPage } from "@/components/shell/page";
import { EmptyState } from "@/components/ui/empty-state";
import { Table } from "@/components/ui/table";
import { getVisit } from "@/lib/appointments/get-appointment";
import { formatLocalDate } from "@/lib/format/dates";
import { displayPhone } from "@/lib/format/phone";
import { listPatients } from "@/lib/patients/queries";
import { requireActor } from "@/lib/platform/request";
import { one, type Search } from "../search-params";

const SHOWN = 50;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("clinic.search"))("title") };
}

/** Where the search in the corner leads: a reference opens its visit, all else finds people. */
export default async function SearchPage({ searchParams }: { searchParams: Search }) {
  const ctx = await requireActor("doctor", "receptionist", "admin");
  const [search, t, fields, locale] = await Promise.all([
    searchParams,
    getTranslations("clinic.search"),
    getTranslations("patients.fields"),
    getLocale(),
  ]);
  const query = one(search.q)?.slice(0, 200);
  if (!query) return <StaffPage title={t("title")}>{t("prompt")}</StaffPage>;
  const [visit, found] = await Promise.all([
    getVisit(ctx, { reference: query }),
    listPatients(ctx, { query, limit: SHOWN }),
  ]);
  if (visit.ok) redirect(`/appointments/${visit.value.id}`);
  const patients = found.ok ? found.value.items : [];
  return (
    <StaffPage
      title={t("results", { query })}
      lead={
        patients.length === 0 || (found.ok && found.value.nextCursor)
          ? undefined
          : t("patients", { count: patients.length })
      }
    >
      {patients.length === 0 ? (
        <EmptyState icon={SearchX} title={t("noMatch", { query })}>
          <p>{t("noMatchBody")}</p>
        </EmptyState>
      ) : (
        <Table
          label={t("results", { query })}
          rows={patients}
          keyOf={({ id }) => id}
          columns={[
            { header: fields("name"), cell: ({ id, name }) => <Link href={`/patients/${id}`}>{name}</Link> },
            {
              header: fields("dateOfBirth"),
              cell: ({ dateOfBirth }) => dateOfBirth && formatLocalDate(dateOfBirth, locale, "date"),
            },
            { header: fields("recordNumber"), cell: ({ recordNumber }) => recordNumber, className: "figures" },
            { header: fields("phone"), cell: ({ phone }) => phone && displayPhone(phone), className: "figures" },
          ]}
        />
      )}
      {found.ok && found.value.nextCursor ? (
        <p className="mt-4">
          <Link href={`/patients?q=${encodeURIComponent(query)}`} className="link">
            {t("all")}
          </Link>
        </p>
      ) : null}
    </StaffPage>
  );
}
