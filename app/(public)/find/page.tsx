import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { readFindQuery } from "@/components/find/query";
import { listServices } from "@/lib/clinic/queries";
import { pageContext } from "@/lib/platform/request";
import { bookablePeople } from "./people";
import { readOffer } from "./read-times";
import { ReasonStep } from "./reason-step";
import { TimesStep } from "./times-step";
import { WhereStep } from "./where-step";
import { WhoStep } from "./who-step";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata({ searchParams }: Props): Promise<Metadata> {
  const [query, t] = [readFindQuery(await searchParams), await getTranslations("find")];
  return { title: query.service ? t("times.title") : t("reason.title") };
}

/** Finds a time in steps. The answers are the address: the first question without one is asked. */
export default async function FindPage({ searchParams }: Props) {
  const ctx = await pageContext();
  const query = readFindQuery(await searchParams);
  const [listed, people] = await Promise.all([
    listServices(ctx, { state: "active", limit: 1_000 }),
    query.service ? bookablePeople(ctx) : [],
  ]);
  const services = (listed.ok ? listed.value.items : []).filter(({ selfBookable }) => selfBookable);
  const service = services.find(({ id }) => id === query.service);
  if (!service) return <ReasonStep ctx={ctx} query={query} services={services} />;
  if (people.length > 1 && !people.some(({ id }) => id === query.for))
    return <WhoStep query={query} service={service} people={people} />;
  const offer = await readOffer(ctx, service.id, query.place === "any" ? undefined : query.place);
  const asksWhere = service.modality === "in_person" && offer.places.length > 1 && !query.place && !query.doctor;
  const step = { ctx, query, service, people, offer };
  return asksWhere ? <WhereStep {...step} /> : <TimesStep {...step} />;
}
