import { ChartColumn } from "lucide-react";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { QueryForm } from "@/components/clinic/query-form";
import { ClientMessages } from "@/components/shell/client-messages";
import { StaffPage } from "@/components/shell/page";
import { EmptyState } from "@/components/ui/empty-state";
import { SelectField, TextField } from "@/components/ui/field";
import { dashboardFigures } from "@/lib/analytics/dashboard-figures";
import { localDate } from "@/lib/domain/zone";
import { formatLocalDate } from "@/lib/format/dates";
import { requireActor } from "@/lib/platform/request";
import { clinicLists } from "../../clinic-lists";
import { idIn, type Search } from "../../search-params";
import { Charts } from "./charts";
import { Figures } from "./figures";
import { Filled } from "./filled";
import { RANGES, rangeOf } from "./range";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.dashboard"))("title") };
}

export default async function DashboardPage({ searchParams }: { searchParams: Search }) {
  const ctx = await requireActor("admin");
  const [search, t, locale, { locations }] = await Promise.all([
    searchParams,
    getTranslations("admin.dashboard"),
    getLocale(),
    clinicLists("all"),
  ]);
  const place = locations.find(({ id }) => id === idIn(search.location));
  const found = await dashboardFigures(ctx, { locationId: place?.id });
  if (!found.ok) throw new Error(`figures were refused: ${found.code}`);
  const figures = found.value;
  const zone = place?.timeZone ?? locations[0]?.timeZone ?? "UTC";
  const range = rangeOf(search, figures, localDate(ctx.now.getTime() / 1_000, zone));
  const date = (day: string) => formatLocalDate(day, locale, "date");
  return (
    <StaffPage title={t("title")} lead={t("lead", { from: date(range.from), to: date(range.to) })}>
      <ClientMessages namespaces={["clinic"]}>
        <QueryForm
          key={`${range.name} ${range.from} ${range.to} ${place?.id}`}
          label={t("filter")}
          resets={{ range: ["from", "to"] }}
          className="mb-6 print:hidden"
        >
          <SelectField name="range" label={t("range")} defaultValue={range.name}>
            {RANGES.map((name) => (
              <option key={name} value={name}>
                {t(`ranges.${name}`)}
              </option>
            ))}
          </SelectField>
          {range.name === "own" ? (
            <>
              <TextField
                name="from"
                type="date"
                label={t("from")}
                defaultValue={range.from}
                controlClassName="figures"
              />
              <TextField name="to" type="date" label={t("to")} defaultValue={range.to} controlClassName="figures" />
            </>
          ) : null}
          <SelectField name="location" label={t("location")} defaultValue={place?.id ?? ""}>
            <option value="">{t("allLocations")}</option>
            {locations.map(({ id, name }) => (
              <option key={id} value={id}>
                {name}
              </option>
            ))}
          </SelectField>
        </QueryForm>
      </ClientMessages>
      {figures.firstDate === null ? (
        <EmptyState icon={ChartColumn} title={t("empty")}>
          <p>{t("emptyBody")}</p>
        </EmptyState>
      ) : (
        <div className="grid gap-8">
          <Figures ctx={ctx} figures={figures} range={range} locationId={place?.id} />
          <Filled ctx={ctx} range={range} locationId={place?.id} />
          <Charts ctx={ctx} range={range} locationId={place?.id} />
        </div>
      )}
    </StaffPage>
  );
}
