import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { type Tx, withActor } from "@/db/client";
import { range } from "@/db/ranges";
import { doctorLocations, doctors, locations, scheduleExceptions } from "@/db/schema";
import { dayNumber, secondsOfTime } from "@/lib/domain/calendar";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { validateException } from "@/lib/domain/schedule";
import { type Boundary, instantOf } from "@/lib/domain/zone";
import type { Context } from "@/lib/platform/context";
import { blankToNull } from "@/lib/platform/fields";
import { enqueue } from "@/lib/platform/outbox";
import { may } from "@/lib/platform/permissions";
import { invalid } from "@/lib/platform/refusals";
import { affectedAppointments } from "./affected-appointments";
import type { CreateExceptionInput } from "./schemas";
import type { CreatedException } from "./views";

type Refusal = "forbidden" | "not_found" | "validation_failed";

/**
 * Enters leave or extra hours. Wall times are read at the location, or, without one, in the zone that all the doctor's places share; dates
 * are whole days, both included, at every place that is meant.
 * Extra hours are offered to those who wait. Leave cancels nothing: the visits that fall into it are handed back for somebody to move. By the doctor, reception and admins.
 */
export async function createException(
  ctx: Context,
  input: CreateExceptionInput,
): Promise<Result<CreatedException, Refusal>> {
  const { doctorId, kind, locationId = null } = input;
  if (!may(ctx.actor, "calendar.keep", { doctorId })) return refuse("forbidden");
  return withActor(ctx, async (tx) => {
    const [doctor] = await tx.db
      .select({ id: doctors.id })
      .from(doctors)
      .where(eq(doctors.id, doctorId))
      .for("no key update");
    if (!doctor) return refuse("not_found");
    const zones = await zonesOf(tx, doctorId);
    const placeZone = locationId ? zones.get(locationId) : undefined;
    if (locationId && !placeZone) return invalid("locationId", "is not a place of this doctor");

    const clocks = placeZone ? [placeZone] : [...new Set(zones.values())];
    const start = instantFrom(input.from, "opens", clocks);
    if (typeof start === "string") return invalid("from", start);
    const end = instantFrom(input.to, "closes", clocks);
    if (typeof end === "string") return invalid("to", end);
    const errors = validateException({ kind, locationId, start, end });
    if (errors.length > 0) return refuse("validation_failed", { errors });

    const id = uuidv7();
    const [from, to] = [new Date(start * 1_000), new Date(end * 1_000)];
    const reason = blankToNull(input.reason) ?? null;
    await tx.db.insert(scheduleExceptions).values({ id, doctorId, kind, locationId, reason, during: range(from, to) });
    if (kind === "extra")
      await enqueue(tx, { topic: "time.freed", payload: { doctorId, from: from.toISOString(), to: to.toISOString() } });
    const affected =
      kind === "leave" ? await affectedAppointments(tx, ctx.actor, { doctorId, locationId, from, to }) : [];
    const view = { id, doctorId, kind, locationId, timeZone: placeZone ?? null, reason };
    return ok({ ...view, from: from.toISOString(), to: to.toISOString(), affectedAppointments: affected });
  });
}

async function zonesOf(tx: Tx, doctorId: string): Promise<Map<string, string>> {
  const rows = await tx.db
    .select({ id: locations.id, timeZone: locations.timeZone })
    .from(locations)
    .innerJoin(doctorLocations, eq(doctorLocations.locationId, locations.id))
    .where(eq(doctorLocations.doctorId, doctorId));
  return new Map(rows.map(({ id, timeZone }) => [id, timeZone]));
}

/** Whole epoch seconds, or what is wrong with the text. */
function instantFrom(text: string, boundary: Boundary, clocks: string[]): number | string {
  const isWholeDay = text.length === 10;
  if (!isWholeDay && !/T\d\d:\d\d$/.test(text)) {
    const ms = Date.parse(text);
    return Number.isNaN(ms) ? "is not an instant" : Math.floor(ms / 1_000);
  }
  const [date = "", time = boundary === "opens" ? "00:00" : "24:00"] = text.split("T");
  if (clocks.length === 0 || (clocks.length > 1 && !isWholeDay)) return "needs a location whose clock it is read on";
  const day = dayNumber(date);
  if (Number.isNaN(day)) return "is a date that does not exist";
  const instants = clocks.map((zone) => instantOf(zone, day, secondsOfTime(time), boundary));
  return boundary === "opens" ? Math.min(...instants) : Math.max(...instants);
}
