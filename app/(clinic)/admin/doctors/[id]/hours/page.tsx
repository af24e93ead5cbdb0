import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { DoctorHours, hoursOf } from "@/app/(doctor)/hours/doctor-hours";
import { StaffPage } from "@/components/shell/page";
import { isUuid } from "@/lib/clinic/queries";
import { requireActor } from "@/lib/platform/request";
import type { Search } from "../../../../search-params";
import { DoneNote } from "../../../done-note";

type Props = { params: Promise<{ id: string }>; searchParams: Search };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.doctors"))("hours") };
}

export default async function DoctorHoursPage({ params, searchParams }: Props) {
  const ctx = await requireActor("admin");
  const [{ id: doctorId }, { done }, t] = await Promise.all([params, searchParams, getTranslations("admin.doctors")]);
  const hours = isUuid(doctorId) ? await hoursOf(ctx, doctorId) : null;
  if (!hours) notFound();
  const { name } = hours.doctor;
  return (
    <StaffPage
      title={t("hoursOf", { name })}
      crumbs={[
        { label: t("title"), href: "/admin/doctors" },
        { label: name, href: `/admin/doctors/${doctorId}` },
        { label: t("hours") },
      ]}
    >
      <DoneNote done={done} />
      <DoctorHours hours={hours} visitPath="/appointments/" />
    </StaffPage>
  );
}
