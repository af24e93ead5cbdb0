import { inArray } from "drizzle-orm";
import type { Db } from "@/db/client";
import { settings } from "@/db/schema";
import { keptReading } from "@/lib/platform/kept-reading";
import { type ClinicSettings, clinicSettingsView } from "./views";

export const DEFAULT_SETTINGS: ClinicSettings = {
  name: "Slotwell",
  phone: null,
  address: null,
  email: null,
  defaultLocale: "en",
  country: null,
  videoBaseUrl: null,
  recordAccessDays: 365,
  recordRetentionYears: 10,
  offerBatchSize: 3,
  nextVisitLeadDays: 14,
};

type Name = keyof ClinicSettings;
export const SETTING_NAMES = Object.keys(DEFAULT_SETTINGS) as Name[];
/** Rows of the clinic's own settings; other parts keep theirs under other prefixes. */
export const settingKey = (name: Name) => `clinic.${name}`;

const reading = keptReading(readSettings);
/** What the clinic says of itself, at most three seconds old. A row that does not fit counts as not set. */
export const clinicSettings = reading.get;
export const forgetSettings = reading.forget;

async function readSettings(db: Db): Promise<ClinicSettings> {
  const rows = await db.orm
    .select()
    .from(settings)
    .where(inArray(settings.key, SETTING_NAMES.map(settingKey)));
  const found = new Map(rows.map(({ key, value }) => [key, value]));
  const pairs = SETTING_NAMES.map((name) => {
    const value = clinicSettingsView.shape[name].safeParse(found.get(settingKey(name)));
    return [name, value.success ? value.data : DEFAULT_SETTINGS[name]];
  });
  return clinicSettingsView.parse(Object.fromEntries(pairs));
}
