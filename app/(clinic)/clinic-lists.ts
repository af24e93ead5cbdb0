import { cache } from "react";
import { listLocations, listServices } from "@/lib/clinic/queries";
import { listDoctors } from "@/lib/doctors/queries";
import { pageContext } from "@/lib/platform/request";

/** As many as a select can still be used with; a clinic's lists are far shorter. */
const ALL = 1_000;
const itemsOf = <T>(found: { ok: true; value: { items: T[] } } | { ok: false }) => (found.ok ? found.value.items : []);

/** Places by name. */
export const clinicLocations = cache(async (state: "active" | "all" = "active") =>
  itemsOf(await listLocations(await pageContext(), { state, limit: ALL })),
);

/** What filters and forms choose from, by name. Asked once per request; `all` has what is switched off too. */
export const clinicLists = cache(async (state: "active" | "all" = "active") => {
  const ctx = await pageContext();
  const [locations, services, doctors] = await Promise.all([
    clinicLocations(state),
    listServices(ctx, { state, limit: ALL }),
    listDoctors(ctx, { state, limit: ALL }),
  ]);
  return { locations, services: itemsOf(services), doctors: itemsOf(doctors) };
});

/** Choices of a filter or a select. */
export const optionsOf = (items: { id: string; name: string }[]) =>
  items.map(({ id, name }) => ({ value: id, label: name }));
