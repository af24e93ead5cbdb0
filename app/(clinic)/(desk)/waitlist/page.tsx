import { ListPlus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { readTableQuery } from "@/components/data-table/table-query";
import { StaffPage } from "@/components/shell/page";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { isUuid } from "@/lib/clinic/queries";
import { requireActor } from "@/lib/platform/request";
import { WAITLIST_SORTS, type WaitlistTableInput, waitlistTable } from "@/lib/waitlist/waitlist-table";
import { clinicLists, optionsOf } from "../../clinic-lists";
import { one, type Search } from "../../search-params";
import { OFFER_LOOKS } from "./offer-looks";
import { waitlistSpec } from "./spec";
import { WaitlistTable } from "./waitlist-table";

const DONE = ["takenOff", "offered", "added"] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("clinic.waitlist"))("title") };
}

export default async function WaitlistPage({ searchParams }: { searchParams: Search }) {
  const ctx = await requireActor("receptionist", "admin");
  const [search, query, t, { services }] = await Promise.all([
    searchParams,
    waitlistQuery(searchParams),
    getTranslations("clinic.waitlist"),
    clinicLists("all"),
  ]);
  const done = DONE.find((known) => known === one(search.done));
  const found = await waitlistTable(ctx, query);
  const { items, total } = found.ok ? found.value : { items: [], total: 0 };
  return (
    <StaffPage
      title={t("title")}
      lead={t("lead")}
      actions={
        <Button size="sm" asChild>
          <Link href="/waitlist/new">
            <ListPlus aria-hidden />
            {t("add")}
          </Link>
        </Button>
      }
    >
      {done ? (
        <Alert variant="success" role="status" className="mb-4">
          {t(`done.${done}`)}
        </Alert>
      ) : null}
      <WaitlistTable rows={items} total={total} services={optionsOf(services)} />
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
