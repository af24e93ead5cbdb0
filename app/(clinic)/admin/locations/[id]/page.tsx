import { Plus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { StaffPage } from "@/components/shell/page";
import { Badge } from "@/components/ui/badge";
import { Button } from "@/components/ui/button";
import { getLocation, isUuid, listRooms } from "@/lib/clinic/queries";
import { requireActor } from "@/lib/platform/request";
import { clinicLists } from "../../../clinic-lists";
import type { Search } from "../../../search-params";
import { DoneNote } from "../../done-note";
import { LocationForm } from "../location-form";

type Props = { params: Promise<{ id: string }>; searchParams: Search };
const MOST_ROOMS = 500;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.locations"))("editTitle") };
}

export default async function EditLocationPage({ params, searchParams }: Props) {
  const ctx = await requireActor("admin");
  const [{ id }, { done }, t, { services }] = await Promise.all([
    params,
    searchParams,
    getTranslations("admin"),
    clinicLists("all"),
  ]);
  const found = isUuid(id) ? await getLocation(ctx, { id }) : null;
  if (!found?.ok) notFound();
  const location = found.value;
  const listed = await listRooms(ctx, { locationId: id, state: "all", limit: MOST_ROOMS });
  const rooms = listed.ok ? listed.value.items : [];
  const names = new Map(services.map((service) => [service.id, service.name]));
  return (
    <StaffPage
      title={location.name}
      crumbs={[{ label: t("locations.title"), href: "/admin/locations" }, { label: location.name }]}
    >
      <DoneNote done={done} />
      <div className="grid items-start gap-x-10 gap-y-8 xl:grid-cols-[minmax(0,2fr)_minmax(20rem,1fr)]">
        <LocationForm key={location.version} location={location} zones={Intl.supportedValuesOf("timeZone")} />
        <section aria-labelledby="rooms" className="grid gap-3">
          <div className="flex flex-wrap items-center justify-between gap-3">
            <h2 id="rooms" className="text-lg">
              {t("rooms.title")}
            </h2>
            <Button variant="secondary" size="sm" asChild>
              <Link href={`/admin/locations/${id}/rooms/new`}>
                <Plus aria-hidden />
                {t("rooms.newTitle")}
              </Link>
            </Button>
          </div>
          {rooms.length === 0 ? <p className="text-sm text-muted-foreground">{t("rooms.empty")}</p> : null}
          <ul className="divide-y border-y text-sm empty:hidden">
            {rooms.map((room) => (
              <li key={room.id} className="flex items-start justify-between gap-3 py-2">
                <div>
                  <Link
                    href={`/admin/locations/${id}/rooms/${room.id}`}
                    className="link inline-flex min-h-6 items-center font-semibold"
                  >
                    {room.name}
                  </Link>
                  <p className="text-muted-foreground">
                    {room.serviceIds.length === 0
                      ? t("rooms.everyService")
                      : room.serviceIds.map((serviceId) => names.get(serviceId)).join(", ")}
                  </p>
                </div>
                <Badge variant={room.active ? "success" : "neutral"}>{t(room.active ? "on" : "off")}</Badge>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </StaffPage>
  );
}
