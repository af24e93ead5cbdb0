import { eq } from "drizzle-orm";
import { locations } from "@/db/schema";
import { clinicSettings } from "@/lib/clinic/settings";
import type { Context } from "@/lib/platform/context";
import { env } from "@/lib/platform/env";
import { partsFault, type TextFault, textFaults } from "./check-text";
import { longestValues } from "./longest-values";
import type { WrittenText } from "./schemas";
import type { TextSpec } from "./text-kinds";

/** Everything that is wrong with a text, by itself and with the longest names and addresses that this clinic has. */
export async function judgeText(ctx: Context, spec: TextSpec, text: WrittenText): Promise<TextFault[]> {
  const faults = textFaults(spec, { subject: text.subject ?? null, body: text.body });
  if (faults.length > 0 || text.channel === "email") return faults;
  const [{ name: clinic }, places] = await Promise.all([
    clinicSettings(ctx.db),
    ctx.db.orm.select({ name: locations.name }).from(locations).where(eq(locations.active, true)),
  ]);
  const known = {
    kind: text.kind,
    locale: text.locale,
    appUrl: env().appUrl,
    clinic,
    places: places.map(({ name }) => name),
  };
  return partsFault(text.body, longestValues(known));
}
