import { and, asc, eq, inArray, type SQL, sql } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import { doctorLocations, doctorServices, doctors, locations, roomServices, rooms, services } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { decodeCursor, page } from "@/lib/platform/cursor";
import { DEFAULT_PAGE, type ListInput } from "@/lib/platform/fields";
import { may } from "@/lib/platform/permissions";
import { badCursor } from "@/lib/platform/refusals";
import { locationColumns, roomColumns, serviceColumns } from "./columns";
import type { listLocationsInput, listRoomsInput, listServicesInput } from "./schemas";
import type { LocationView, RoomView, ServiceView } from "./views";

// Places and services hold nobody's data and have no policies: they are read straight from the pool.

export type Page<Item> = { items: Item[]; nextCursor: string | null };
type Listed<Item> = Promise<Result<Page<Item>, "forbidden" | "validation_failed">>;
type Filter = { state?: "active" | "all"; serviceId?: string; locationId?: string; cursor?: string; limit?: number };

/** Rows after the cursor in order of name; null where the cursor is none of ours. */
export function afterName(cursor: string | undefined, name: PgColumn, id: PgColumn): SQL | undefined | null {
  if (cursor === undefined) return undefined;
  const values = decodeCursor(cursor);
  if (values?.length !== 2 || typeof values[0] !== "string" || !isUuid(values[1])) return null;
  return sql`(${name}, ${id}) > (${values[0]}, ${values[1]}::uuid)`;
}

export const isUuid = (value: unknown): value is string =>
  typeof value === "string" && /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i.test(value);

const mayList = (ctx: Context, { state }: Filter) => state !== "all" || may(ctx.actor, "clinic.retired");

/** Pairs of doctors who are at work, their services and their places: what a patient could book. */
const offered = (of: PgColumn, ...where: (SQL | undefined)[]) =>
  sql`${of} in (select ${of.table === locations ? doctorLocations.locationId : doctorServices.serviceId} from ${doctors}
    join ${doctorServices} on ${doctorServices.doctorId} = ${doctors.id} join ${doctorLocations} on ${doctorLocations.doctorId} = ${doctors.id}
    where ${and(eq(doctors.active, true), ...where)})`;

/** Locations in order of name. `serviceId` keeps those where a doctor offers it. */
export async function listLocations(ctx: Context, input: ListInput<typeof listLocationsInput>): Listed<LocationView> {
  if (!mayList(ctx, input)) return refuse("forbidden");
  const after = afterName(input.cursor, locations.name, locations.id);
  if (after === null) return badCursor();
  const limit = input.limit ?? DEFAULT_PAGE;
  const rows = await ctx.db.orm
    .select(locationColumns)
    .from(locations)
    .where(
      and(
        after,
        input.state === "all" ? undefined : eq(locations.active, true),
        input.locationId ? eq(locations.id, input.locationId) : undefined,
        input.serviceId ? offered(locations.id, eq(doctorServices.serviceId, input.serviceId)) : undefined,
      ),
    )
    .orderBy(asc(locations.name), asc(locations.id))
    .limit(limit + 1);
  return ok(page(rows, limit, (row) => [row.name, row.id]));
}

/** Services in order of name. `locationId` keeps those that a doctor offers there. */
export async function listServices(ctx: Context, input: ListInput<typeof listServicesInput>): Listed<ServiceView> {
  if (!mayList(ctx, input)) return refuse("forbidden");
  const after = afterName(input.cursor, services.name, services.id);
  if (after === null) return badCursor();
  const limit = input.limit ?? DEFAULT_PAGE;
  const rows = await ctx.db.orm
    .select(serviceColumns)
    .from(services)
    .where(
      and(
        after,
        input.state === "all" ? undefined : eq(services.active, true),
        input.serviceId ? eq(services.id, input.serviceId) : undefined,
        input.locationId ? offered(services.id, eq(doctorLocations.locationId, input.locationId)) : undefined,
      ),
    )
    .orderBy(asc(services.name), asc(services.id))
    .limit(limit + 1);
  return ok(page(rows, limit, (row) => [row.name, row.id]));
}

/** Rooms in order of name; staff only. `serviceId` keeps those that serve it. */
export async function listRooms(ctx: Context, input: ListInput<typeof listRoomsInput>): Listed<RoomView> {
  if (!may(ctx.actor, "room.read")) return refuse("forbidden");
  const after = afterName(input.cursor, rooms.name, rooms.id);
  if (after === null) return badCursor();
  const limit = input.limit ?? DEFAULT_PAGE;
  const own = ctx.db.orm.select({ id: roomServices.roomId }).from(roomServices);
  const serving = (serviceId: string) =>
    sql`(${inArray(rooms.id, own.where(eq(roomServices.serviceId, serviceId)))} or not exists (select from ${roomServices} where ${roomServices.roomId} = ${rooms.id}))`;
  const rows = await ctx.db.orm
    .select(roomColumns)
    .from(rooms)
    .where(
      and(
        after,
        input.state === "all" ? undefined : eq(rooms.active, true),
        input.locationId ? eq(rooms.locationId, input.locationId) : undefined,
        input.serviceId ? serving(input.serviceId) : undefined,
      ),
    )
    .orderBy(asc(rooms.name), asc(rooms.id))
    .limit(limit + 1);
  return ok(page(rows, limit, (row) => [row.name, row.id]));
}

/** One location; switched off, it exists for staff only. */
export async function getLocation(ctx: Context, input: { id: string }): Promise<Result<LocationView, "not_found">> {
  const [row] = await ctx.db.orm.select(locationColumns).from(locations).where(eq(locations.id, input.id));
  return row && (row.active || may(ctx.actor, "clinic.retired")) ? ok(row) : refuse("not_found");
}

/** One service; switched off, it exists for staff only. */
export async function getService(ctx: Context, input: { id: string }): Promise<Result<ServiceView, "not_found">> {
  const [row] = await ctx.db.orm.select(serviceColumns).from(services).where(eq(services.id, input.id));
  return row && (row.active || may(ctx.actor, "clinic.retired")) ? ok(row) : refuse("not_found");
}

/** One room; staff only. */
export async function getRoom(
  ctx: Context,
  input: { id: string },
): Promise<Result<RoomView, "forbidden" | "not_found">> {
  if (!may(ctx.actor, "room.read")) return refuse("forbidden");
  const [row] = await ctx.db.orm.select(roomColumns).from(rooms).where(eq(rooms.id, input.id));
  return row ? ok(row) : refuse("not_found");
}
