import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { StaffPage } from "@/components/shell/page";
import { getLocation, getRoom, isUuid } from "@/lib/clinic/queries";
import { requireActor } from "@/lib/platform/request";
import { clinicLists, optionsOf } from "../../../../../clinic-lists";
import { RoomForm } from "../../../location-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.rooms"))("editTitle") };
}

export default async function EditRoomPage({ params }: { params: Promise<{ id: string; roomId: string }> }) {
  const ctx = await requireActor("admin");
  const [{ id, roomId }, t, { services }] = await Promise.all([params, getTranslations("admin"), clinicLists("all")]);
  if (!isUuid(id) || !isUuid(roomId)) notFound();
  const [location, room] = await Promise.all([getLocation(ctx, { id }), getRoom(ctx, { id: roomId })]);
  if (!location.ok || !room.ok || room.value.locationId !== id) notFound();
  return (
    <StaffPage
      title={room.value.name}
      crumbs={[
        { label: t("locations.title"), href: "/admin/locations" },
        { label: location.value.name, href: `/admin/locations/${id}` },
        { label: room.value.name },
      ]}
    >
      <RoomForm locationId={id} room={room.value} services={optionsOf(services)} />
    </StaffPage>
  );
}
