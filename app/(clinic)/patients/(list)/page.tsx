import { UserPlus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { readTableQuery } from "@/components/data-table/table-query";
import { StaffPage } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { displayPhone } from "@/lib/format/phone";
import { PATIENT_SORTS, patientTable } from "@/lib/patients/patient-table";
import { requireActor } from "@/lib/platform/request";
import type { Search } from "../../search-params";
import { patientsSpec } from "../spec";
import { PatientsTable } from "./patients-table";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("patients"))("title") };
}

export default async function PatientsPage({ searchParams }: { searchParams: Search }) {
  const ctx = await requireActor("doctor", "receptionist", "admin");
  const [query, t] = await Promise.all([readTableQuery(patientsSpec, searchParams), getTranslations("patients")]);
  const found = await patientTable(ctx, {
    query: query.filters.q?.[0]?.slice(0, 200),
    sort: PATIENT_SORTS.find((known) => known === query.sort.key) ?? "name",
    descending: query.sort.descending,
    page: query.page,
    size: query.size,
  });
  const { items, total } = found.ok ? found.value : { items: [], total: 0 };
  const rows = items.map(({ id, name, dateOfBirth, recordNumber, phone, email }) => {
    return { id, name, dateOfBirth, recordNumber, phone: phone && displayPhone(phone), email };
  });
  return (
    <StaffPage
      title={t("title")}
      lead={t("lead")}
      actions={
        <Button size="sm" asChild>
          <Link href="/patients/new">
            <UserPlus aria-hidden />
            {t("register")}
          </Link>
        </Button>
      }
    >
      <PatientsTable rows={rows} total={total} />
    </StaffPage>
  );
}
