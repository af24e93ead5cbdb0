import { eq, sql } from "drizzle-orm";
import { type Tx, withActor } from "@/db/client";
import { doctorLocations, doctorServices, doctors, locations, scheduleRules } from "@/db/schema";
import { type FieldError, ok, type Result, refuse } from "@/lib/domain/result";
import { validateRules } from "@/lib/domain/schedule";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import { versionRefusal } from "@/lib/platform/refusals";
import { readSchedule } from "./queries";
import type { PutScheduleInput } from "./schemas";
import type { ScheduleView } from "./views";

type Refusal = "forbidden" | "not_found" | "version_conflict" | "validation_failed";

/**
 * Replaces a doctor's weekly hours. Refuses, by path (`rules.2.start`), hours that overlap, that lie at a place or are for a service that
 * is not the doctor's. Visits that are booked stay booked. By the doctor, reception and admins.
 */
export async function putSchedule(ctx: Context, input: PutScheduleInput): Promise<Result<ScheduleView, Refusal>> {
  const { doctorId, expectedVersion, rules } = input;
  if (!may(ctx.actor, "calendar.keep", { doctorId })) return refuse("forbidden");
  return withActor(ctx, async (tx) => {
    const [doctor] = await tx.db
      .select({ version: doctors.scheduleVersion })
      .from(doctors)
      .where(eq(doctors.id, doctorId))
      .for("no key update");
    const refusal = versionRefusal(doctor, expectedVersion);
    if (refusal) return refusal;
    const errors = [...validateRules(rules), ...(await foreignErrors(tx, doctorId, rules))];
    if (errors.length > 0) return refuse("validation_failed", { errors });

    await tx.db.delete(scheduleRules).where(eq(scheduleRules.doctorId, doctorId));
    if (rules.length > 0) await tx.db.insert(scheduleRules).values(rules.map((rule) => rowOf(doctorId, rule)));
    await tx.db
      .update(doctors)
      .set({ scheduleVersion: sql`${doctors.scheduleVersion} + 1`, updatedAt: ctx.now })
      .where(eq(doctors.id, doctorId));
    const schedule = await readSchedule(tx, doctorId);
    return schedule ? ok(schedule) : refuse("not_found");
  });
}

type Rule = PutScheduleInput["rules"][number];

const rowOf = (doctorId: string, rule: Rule) => ({
  doctorId,
  locationId: rule.locationId,
  weekday: rule.weekday,
  startTime: rule.start,
  endTime: rule.end,
  validFrom: rule.validFrom,
  validUntil: rule.validUntil,
  serviceIds: rule.serviceIds?.length ? [...new Set(rule.serviceIds)] : null,
});

/** Rules at places, in zones, or for services that are not the doctor's. */
async function foreignErrors(tx: Tx, doctorId: string, rules: readonly Rule[]): Promise<FieldError[]> {
  const places = await tx.db
    .select({ id: locations.id, timeZone: locations.timeZone })
    .from(locations)
    .innerJoin(doctorLocations, eq(doctorLocations.locationId, locations.id))
    .where(eq(doctorLocations.doctorId, doctorId));
  const zones = new Map(places.map(({ id, timeZone }) => [id, timeZone]));
  const offered = await tx.db
    .select({ id: doctorServices.serviceId })
    .from(doctorServices)
    .where(eq(doctorServices.doctorId, doctorId));
  const own = new Set(offered.map(({ id }) => id));

  return rules.flatMap((rule, index) => {
    const at = `rules.${index}`;
    const zone = zones.get(rule.locationId);
    const errors: FieldError[] = (rule.serviceIds ?? []).flatMap((id, service) =>
      own.has(id) ? [] : [{ path: `${at}.serviceIds.${service}`, message: "is not a service of this doctor" }],
    );
    if (zone === undefined) errors.push({ path: `${at}.locationId`, message: "is not a place of this doctor" });
    else if (rule.timeZone && rule.timeZone !== zone) {
      errors.push({ path: `${at}.timeZone`, message: `must be the location's: ${zone}` });
    }
    return errors;
  });
}
