import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { StaffPage } from "@/components/shell/page";
import { requireDoctor } from "../own-doctor";
import { DoctorHours, hoursOf } from "./doctor-hours";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("hours"))("title") };
}

export default async function HoursPage() {
  const { ctx, doctorId } = await requireDoctor();
  const [hours, t] = await Promise.all([hoursOf(ctx, doctorId), getTranslations("hours")]);
  if (!hours) throw new Error("the doctor's own hours cannot be read");
  return (
    <StaffPage title={t("title")} lead={t("lead")}>
      <DoctorHours hours={hours} visitPath="/calendar/visits/" />
    </StaffPage>
  );
}
