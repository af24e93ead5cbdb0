import { getCountries } from "libphonenumber-js/min";
import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { StaffPage } from "@/components/shell/page";
import { clinicSettings } from "@/lib/clinic/settings";
import { locales } from "@/lib/platform/messages";
import { requireActor } from "@/lib/platform/request";
import type { Search } from "../../search-params";
import { DoneNote } from "../done-note";
import { SettingsForm } from "./settings-form";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.settings"))("title") };
}

export default async function SettingsPage({ searchParams }: { searchParams: Search }) {
  const ctx = await requireActor("admin");
  const [{ done }, t, locale, settings] = await Promise.all([
    searchParams,
    getTranslations("admin.settings"),
    getLocale(),
    clinicSettings(ctx.db),
  ]);
  const nameOf = (type: "region" | "language") => {
    const names = new Intl.DisplayNames([locale], { type });
    return (code: string) => ({ value: code, label: names.of(code) ?? code });
  };
  const countries = getCountries()
    .map(nameOf("region"))
    .sort((a, b) => a.label.localeCompare(b.label, locale));
  return (
    <StaffPage title={t("title")} lead={t("lead")}>
      <DoneNote done={done} />
      <SettingsForm settings={settings} countries={countries} languages={locales.map(nameOf("language"))} />
    </StaffPage>
  );
}
