import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { StaffPage } from "@/components/shell/page";
import { getLocation, isUuid } from "@/lib/clinic/queries";
import { requireActor } from "@/lib/platform/request";
import { clinicLists, optionsOf } from "../../../../../clinic-lists";
import { RoomForm } from "../../../location-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.rooms"))("newTitle") };
}

export default async function NewRoomPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireActor("admin");
  const [{ id }, t, { services }] = await Promise.all([params, getTranslations("admin"), clinicLists()]);
  const found = isUuid(id) ? await getLocation(ctx, { id }) : null;
  if (!found?.ok) notFound();
  return (
    <StaffPage
      title={t("rooms.newTitle")}
      crumbs={[
        { label: t("locations.title"), href: "/admin/locations" },
        { label: found.value.name, href: `/admin/locations/${id}` },
        { label: t("rooms.newTitle") },
      ]}
    >
      <RoomForm locationId={id} services={optionsOf(services)} />
    </StaffPage>
  );
}
