import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { readTableQuery } from "@/components/data-table/table-query";
import { StaffPage } from "@/components/shell/page";
import { isUuid } from "@/lib/clinic/queries";
import { idleForm } from "@/lib/platform/action-state";
import { requireActor } from "@/lib/platform/request";
import { WAITLIST_SORTS, type WaitlistTableInput, waitlistTable } from "@/lib/waitlist/waitlist-table";
import { clinicLists, optionsOf } from "../../clinic-lists";
import type { Search } from "../../search-params";
import { takeOffAction } from "./actions";
import { OFFER_LOOKS } from "./offer-looks";
import { waitlistSpec } from "./spec";
import { WaitlistTable } from "./waitlist-table";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("clinic.waitlist"))("title") };
}

export default async function WaitlistPage({ searchParams }: { searchParams: Search }) {
  const ctx = await requireActor("receptionist", "admin");
  const [query, t, { services }] = await Promise.all([
    waitlistQuery(searchParams),
    getTranslations("clinic.waitlist"),
    clinicLists("all"),
  ]);
  const found = await waitlistTable(ctx, query);
  const { items, total } = found.ok ? found.value : { items: [], total: 0 };
  return (
    <StaffPage title={t("title")} lead={t("lead")}>
      <WaitlistTable
        rows={items}
        total={total}
        services={optionsOf(services)}
        takeOff={takeOffAction}
        idle={idleForm}
      />
    </StaffPage>
  );
}

/** What the address asks for; what makes no sense is left out. */
async function waitlistQuery(searchParams: Search): Promise<WaitlistTableInput> {
  const { filters, sort, page, size } = await readTableQuery(waitlistSpec, searchParams);
  const [service, offer, when] = [filters.service?.[0], filters.offer?.[0], filters.when?.[0]];
  return {
    query: filters.q?.[0]?.slice(0, 200),
    serviceId: isUuid(service) ? service : undefined,
    offer: OFFER_LOOKS.find(({ status }) => status === offer)?.status,
    when: when === "ended" || when === "all" ? when : "waiting",
    sort: WAITLIST_SORTS.find((known) => known === sort.key) ?? "since",
    descending: sort.descending,
    page,
    size,
  };
}
