import { and, asc, eq, sql } from "drizzle-orm";
import { type Tx, withActor } from "@/db/client";
import { range } from "@/db/ranges";
import {
  doctorLocations,
  doctorServices,
  doctors,
  locations,
  scheduleExceptions,
  scheduleRules,
  users,
} from "@/db/schema";
import { afterName, isUuid, type Page } from "@/lib/clinic/queries";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { decodeCursor, page } from "@/lib/platform/cursor";
import { DEFAULT_PAGE, type ListInput } from "@/lib/platform/fields";
import { may } from "@/lib/platform/permissions";
import { badCursor } from "@/lib/platform/refusals";
import { doctorColumns, exceptionColumns } from "./columns";
import type { listDoctorsInput, listExceptionsInput } from "./schemas";
import type { DoctorView, ExceptionView, ScheduleView } from "./views";

/**
 * Doctors in order of name, to anybody; those who have left only to staff who ask for `all`, addresses only to admins.
 * `serviceId` and `locationId` keep those who offer it, and who see patients there.
 */
export async function listDoctors(
  ctx: Context,
  input: ListInput<typeof listDoctorsInput>,
): Promise<Result<Page<DoctorView>, "forbidden" | "validation_failed">> {
  if (input.state === "all" && !may(ctx.actor, "clinic.retired")) return refuse("forbidden");
  const after = afterName(input.cursor, doctors.name, doctors.id);
  if (after === null) return badCursor();
  const limit = input.limit ?? DEFAULT_PAGE;
  const { serviceId, locationId } = input;
  const where = and(
    after,
    input.state === "all" ? undefined : eq(doctors.active, true),
    serviceId
      ? sql`${doctors.id} in (select ${doctorServices.doctorId} from ${doctorServices} where ${eq(doctorServices.serviceId, serviceId)})`
      : undefined,
    locationId
      ? sql`${doctors.id} in (select ${doctorLocations.doctorId} from ${doctorLocations} where ${eq(doctorLocations.locationId, locationId)})`
      : undefined,
  );
  const order = [asc(doctors.name), asc(doctors.id)] as const;
  const rows: DoctorView[] = may(ctx.actor, "doctor.email")
    ? await withActor(ctx, (tx) =>
        withEmail(tx)
          .where(where)
          .orderBy(...order)
          .limit(limit + 1),
      )
    : await ctx.db.orm
        .select(doctorColumns)
        .from(doctors)
        .where(where)
        .orderBy(...order)
        .limit(limit + 1);
  return ok(page(rows, limit, (row) => [row.name, row.id]));
}

const withEmail = (tx: Tx) =>
  tx.db
    .select({ ...doctorColumns, email: users.email })
    .from(doctors)
    .leftJoin(users, eq(users.id, doctors.userId));

/** One doctor; one who has left exists for staff only. */
export async function getDoctor(ctx: Context, input: { id: string }): Promise<Result<DoctorView, "not_found">> {
  const wanted = eq(doctors.id, input.id);
  const [row]: DoctorView[] = may(ctx.actor, "doctor.email")
    ? await withActor(ctx, (tx) => withEmail(tx).where(wanted))
    : await ctx.db.orm.select(doctorColumns).from(doctors).where(wanted);
  return row && (row.active || may(ctx.actor, "clinic.retired")) ? ok(row) : refuse("not_found");
}

/** A doctor's weekly hours, to staff. `version` is the schedule's own, for If-Match. */
export async function getSchedule(
  ctx: Context,
  input: { doctorId: string },
): Promise<Result<ScheduleView, "forbidden" | "not_found">> {
  if (!may(ctx.actor, "calendar.hours")) return refuse("forbidden");
  const schedule = await withActor(ctx, (tx) => readSchedule(tx, input.doctorId));
  return schedule ? ok(schedule) : refuse("not_found");
}

/** The doctor's rules in order of the week; null where there is no such doctor. */
export async function readSchedule(tx: Tx, doctorId: string): Promise<ScheduleView | null> {
  const [doctor] = await tx.db
    .select({ version: doctors.scheduleVersion })
    .from(doctors)
    .where(eq(doctors.id, doctorId));
  if (!doctor) return null;
  const rows = await tx.db
    .select({
      locationId: scheduleRules.locationId,
      timeZone: locations.timeZone,
      weekday: scheduleRules.weekday,
      start: sql<string>`left(${scheduleRules.startTime}::text, 5)`,
      end: sql<string>`left(${scheduleRules.endTime}::text, 5)`,
      validFrom: scheduleRules.validFrom,
      validUntil: scheduleRules.validUntil,
      serviceIds: scheduleRules.serviceIds,
    })
    .from(scheduleRules)
    .innerJoin(locations, eq(locations.id, scheduleRules.locationId))
    .where(eq(scheduleRules.doctorId, doctorId))
    .orderBy(scheduleRules.weekday, scheduleRules.startTime, scheduleRules.validFrom, scheduleRules.id);
  return { rules: rows, version: doctor.version };
}

type ExceptionRow = Omit<ExceptionView, "from" | "to"> & { from: Date; to: Date };

export const exceptionOf = (row: ExceptionRow): ExceptionView => ({
  ...row,
  from: row.from.toISOString(),
  to: row.to.toISOString(),
});

/** Leave and extra hours that reach into a stretch of time. */
export const exceptionsBetween = (tx: Tx, { doctorId, from, to }: { doctorId: string; from: Date; to: Date }) =>
  tx.db
    .select(exceptionColumns)
    .from(scheduleExceptions)
    .leftJoin(locations, eq(locations.id, scheduleExceptions.locationId))
    .where(
      and(
        eq(scheduleExceptions.doctorId, doctorId),
        sql`${scheduleExceptions.during} && ${range(from, to)}::tstzrange`,
      ),
    )
    .orderBy(sql`lower(${scheduleExceptions.during})`, asc(scheduleExceptions.id));

/** A doctor's leave and extra hours in order of start, to staff; `from` leaves out what is over by then. */
export async function listExceptions(
  ctx: Context,
  input: ListInput<typeof listExceptionsInput>,
): Promise<Result<Page<ExceptionView>, "forbidden" | "not_found" | "validation_failed">> {
  if (!may(ctx.actor, "calendar.hours")) return refuse("forbidden");
  const cursor = input.cursor === undefined ? [] : decodeCursor(input.cursor);
  const [start, id] = cursor ?? [null];
  const badStart = start !== undefined && (typeof start !== "number" || Number.isNaN(new Date(start).getTime()));
  if (badStart || (start !== undefined && !isUuid(id))) return badCursor();
  const limit = input.limit ?? DEFAULT_PAGE;
  const during = scheduleExceptions.during;
  const rows = await withActor(ctx, async (tx) => {
    const [doctor] = await tx.db.select({ id: doctors.id }).from(doctors).where(eq(doctors.id, input.doctorId));
    if (!doctor) return null;
    const after =
      start === undefined
        ? undefined
        : sql`(lower(${during}), ${scheduleExceptions.id}) > (${new Date(Number(start)).toISOString()}::timestamptz, ${id}::uuid)`;
    return tx.db
      .select(exceptionColumns)
      .from(scheduleExceptions)
      .leftJoin(locations, eq(locations.id, scheduleExceptions.locationId))
      .where(
        and(
          eq(scheduleExceptions.doctorId, input.doctorId),
          input.from ? sql`upper(${during}) > ${input.from}::timestamptz` : undefined,
          after,
        ),
      )
      .orderBy(sql`lower(${during})`, asc(scheduleExceptions.id))
      .limit(limit + 1);
  });
  if (!rows) return refuse("not_found");
  const { items, nextCursor } = page(rows, limit, (row) => [row.from.getTime(), row.id]);
  return ok({ items: items.map(exceptionOf), nextCursor });
}
