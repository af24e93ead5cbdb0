import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { StaffPage } from "@/components/shell/page";
import { getPatient } from "@/lib/patients/queries";
import { requireActor } from "@/lib/platform/request";
import { idIn, one, type Search } from "../search-params";
import { BookFor } from "./book-for";
import { ChoosePatient } from "./choose-patient";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("clinic.book"))("title") };
}

export default async function BookPage({ searchParams }: { searchParams: Search }) {
  const ctx = await requireActor("doctor", "receptionist", "admin");
  const [search, t] = await Promise.all([searchParams, getTranslations("clinic.book")]);
  const id = idIn(search.patientId);
  const patient = id ? await getPatient(ctx, { id }) : null;
  return (
    <StaffPage title={t("title")}>
      {patient?.ok ? (
        <BookFor ctx={ctx} patient={patient.value} search={search} />
      ) : (
        <ChoosePatient ctx={ctx} query={one(search.q)?.slice(0, 200)} />
      )}
    </StaffPage>
  );
}
