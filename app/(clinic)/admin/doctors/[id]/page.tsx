import { Clock } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { StaffPage } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { isUuid } from "@/lib/clinic/queries";
import { getDoctor } from "@/lib/doctors/queries";
import { requireActor } from "@/lib/platform/request";
import { clinicLists, optionsOf } from "../../../clinic-lists";
import { DoctorForm } from "../doctor-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.doctors"))("editTitle") };
}

export default async function EditDoctorPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireActor("admin");
  const [{ id }, t, { services, locations }] = await Promise.all([
    params,
    getTranslations("admin.doctors"),
    clinicLists("all"),
  ]);
  const found = isUuid(id) ? await getDoctor(ctx, { id }) : null;
  if (!found?.ok) notFound();
  const doctor = found.value;
  return (
    <StaffPage
      title={doctor.name}
      crumbs={[{ label: t("title"), href: "/admin/doctors" }, { label: doctor.name }]}
      actions={
        <Button variant="secondary" size="sm" asChild>
          <Link href={`/admin/doctors/${id}/hours`}>
            <Clock aria-hidden />
            {t("hours")}
          </Link>
        </Button>
      }
    >
      <DoctorForm doctor={doctor} services={optionsOf(services)} locations={optionsOf(locations)} />
    </StaffPage>
  );
}
