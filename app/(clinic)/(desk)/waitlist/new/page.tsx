import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { StaffPage } from "@/components/shell/page";
import { addDays } from "@/lib/domain/calendar";
import { getPatient } from "@/lib/patients/queries";
import { requireActor } from "@/lib/platform/request";
import { partOfDay } from "@/lib/waitlist/schemas";
import { ChoosePatient } from "../../../book/choose-patient";
import { clinicLists, optionsOf } from "../../../clinic-lists";
import { idIn, one, type Search } from "../../../search-params";
import { AddForm } from "./add-form";

/** For so many days somebody waits where nothing else is said. */
const WAITING_DAYS = 60;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("clinic.waitlist"))("add") };
}

/** Somebody who has called is put on the list: whom first, then what for. */
export default async function AddToWaitlistPage({ searchParams }: { searchParams: Search }) {
  const ctx = await requireActor("receptionist", "admin");
  const [search, t, lists] = await Promise.all([searchParams, getTranslations("clinic.waitlist"), clinicLists()]);
  const id = idIn(search.patientId);
  const patient = id ? await getPatient(ctx, { id }) : null;
  const today = ctx.now.toISOString().slice(0, 10);
  return (
    <StaffPage
      title={t("add")}
      lead={patient?.ok ? t("addFor", { name: patient.value.name }) : undefined}
      crumbs={[{ label: t("title"), href: "/waitlist" }, { label: t("add") }]}
    >
      {patient?.ok ? (
        <AddForm
          patientId={patient.value.id}
          from={today}
          to={addDays(today, WAITING_DAYS)}
          allParts={partOfDay.options}
          services={optionsOf(lists.services)}
          doctors={optionsOf(lists.doctors)}
          locations={optionsOf(lists.locations)}
        />
      ) : (
        <ChoosePatient ctx={ctx} query={one(search.q)?.slice(0, 200)} path="/waitlist/new" />
      )}
    </StaffPage>
  );
}
