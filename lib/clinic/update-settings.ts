import { inArray, sql } from "drizzle-orm";
import { withActor } from "@/db/client";
import { settings } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { blankToNull } from "@/lib/platform/fields";
import { may } from "@/lib/platform/permissions";
import type { UpdateSettingsInput } from "./schemas";
import { clinicSettings, forgetSettings, SETTING_NAMES, settingKey } from "./settings";
import type { ClinicSettings } from "./views";

/** Changes what is given of the clinic's settings; null takes a setting away. */
export async function updateSettings(
  ctx: Context,
  input: UpdateSettingsInput,
): Promise<Result<ClinicSettings, "forbidden">> {
  if (!may(ctx.actor, "clinic.configure")) return refuse("forbidden");
  const given = SETTING_NAMES.filter((name) => input[name] !== undefined).map((name) => ({
    key: settingKey(name),
    value: blankToNull(input[name]) ?? null,
  }));
  const kept = given.filter(({ value }) => value !== null);
  const taken = given.filter(({ value }) => value === null).map(({ key }) => key);
  await withActor(ctx, async (tx) => {
    await tx.db.delete(settings).where(inArray(settings.key, taken));
    if (kept.length === 0) return;
    await tx.db
      .insert(settings)
      .values(kept)
      .onConflictDoUpdate({ target: settings.key, set: { value: sql`excluded.value`, updatedAt: ctx.now } });
  });
  forgetSettings(ctx.db);
  return ok(await clinicSettings(ctx.db));
}
