import { uuidv7 } from "uuidv7";
import type { Tx } from "@/db/client";
import { range } from "@/db/ranges";
import { patients } from "@/db/schema";
import { book } from "@/lib/appointments/book-appointment";
import { changeStatusIn } from "@/lib/appointments/change-status";
import { exactSlots } from "@/lib/domain/exact-slots";
import { type Interval, overlaps } from "@/lib/domain/interval";
import { bookableRange } from "@/lib/domain/policies";
import { type Refused, type Result, refuse } from "@/lib/domain/result";
import { applyExceptions, expandRules, type Window } from "@/lib/domain/schedule";
import { type Slot, slotsOf } from "@/lib/domain/slots";
import { dayBounds, localDate } from "@/lib/domain/zone";
import { sealNewPatient } from "@/lib/patients/new-identifiers";
import type { Context } from "@/lib/platform/context";
import { externalToken } from "@/lib/protection/blind-index";
import { indexKeys } from "@/lib/protection/index-keys";
import type { DataKey } from "@/lib/protection/seal";
import type { ImportRow } from "./parse-row";
import type { ImportClinic, ImportPlace } from "./prepare";

export type RowRefusal =
  | "location_not_found"
  | "asked_after_day"
  | "no_free_slot"
  | "outcome_before_visit"
  | "booking_refused";
export type Placed = "booked" | "already";

const NEXT_CANDIDATES = ["slot_unavailable", "patient_busy"];
const WINDOWS_KEPT = 2_000;

/**
 * Places one row within a transaction: patient, visit and outcome, or a refusal for the caller to roll back. The visit takes the first free time of
 * the day that search would have offered when it was asked for, and is judged again by the booking itself.
 * @param ctx acts as the import at the instant at which the row was asked for
 * @param today the real now: visits before it send no message
 */
export async function placeRow(
  tx: Tx,
  ctx: Context,
  clinic: ImportClinic,
  row: ImportRow,
  today: Date,
): Promise<Result<Placed, RowRefusal>> {
  const place = clinic.places.get(row.location);
  if (!place) return refuse("location_not_found", { detail: `there is no location "${row.location}"` });
  const asked = localDate(row.requestedAt, place.timeZone);
  const day = row.startsAt === null ? row.day : localDate(row.startsAt, place.timeZone);
  const bounds = dayBounds(day, place.timeZone);
  const facts = await readFacts(tx, ctx, { clinic, place, row, day: bounds });
  if (facts.isThere) return { ok: true, value: "already" };
  if (asked > day) return refuse("asked_after_day", { detail: `asked for on ${asked}, after its day ${day}` });

  const free = candidates(ctx, clinic, place, row, { day, bounds, busy: facts.busy }).filter(
    (slot) => !facts.patientBusy.some((busy) => overlaps(busy, slot)),
  );
  for (const slot of free) {
    const startsAt = new Date(slot.start * 1_000);
    const isSilent = startsAt < today;
    const booked = await book(tx, ctx, {
      serviceId: clinic.service.id,
      doctorId: slot.doctorId,
      locationId: place.id,
      start: startsAt,
      patientId: facts.patientId,
      externalId: row.externalId,
      isSilent,
    });
    if (booked.ok) return recordOutcome(tx, ctx, row, { id: booked.value.id, slot, today, isSilent });
    if (!NEXT_CANDIDATES.includes(booked.code))
      return refuse("booking_refused", { detail: `${booked.code}: ${booked.detail ?? ""}` });
  }
  return refuse("no_free_slot", { detail: noSlot(row, asked === day, day) });
}

const noSlot = (row: ImportRow, isSameDay: boolean, day: string) =>
  row.startsAt !== null
    ? "no doctor of the location is free at that time"
    : `no doctor of the location had a free time left on ${day}${isSameDay ? " when it was asked for" : ""}`;

type Facts = { isThere: boolean; patientId: string; busy: Map<string, Interval[]>; patientBusy: Interval[] };
type Span = { starts: Date; ends: Date };
const toInterval = ({ starts, ends }: Span): Interval => ({
  start: starts.getTime() / 1_000,
  end: ends.getTime() / 1_000,
});

/** What the patients of an import are found by; remembered, as long as nobody rotates the keys. */
const indexes = new WeakMap<ImportClinic, [DataKey, ...DataKey[]]>();

/** Makes the patient where they are new; what is read rides in one round trip. */
async function readFacts(
  tx: Tx,
  ctx: Context,
  { clinic, place, row, day }: { clinic: ImportClinic; place: ImportPlace; row: ImportRow; day: Interval },
): Promise<Facts> {
  const { pg } = tx;
  const known = indexes.get(clinic) ?? (await indexKeys(tx));
  const tokens = known.map((key) => externalToken(key, row.patientExternalId));
  const mine = pg`(external_token = any (${tokens}) or external_id = ${row.patientExternalId})`;
  const ids = place.doctors.map(({ id }) => id);
  const span = range(new Date((day.start - 86_400) * 1_000), new Date((day.end + 86_400) * 1_000));
  const [keys, there, found, busy, own] = await Promise.all([
    indexKeys(tx),
    pg`select from appointments where external_id = ${row.externalId}`,
    pg<{ id: string }[]>`select id from patients where ${mine}`,
    pg<(Span & { doctor_id: string })[]>`select * from doctor_busy(${ids}::uuid[], ${span}, ${ctx.now})`,
    // Person by person: to the planner a table that has just been filled is empty, and reading a day of it for all looks as cheap.
    pg<Span[]>`select a.* from (select id from patients where ${mine}) p cross join lateral
      (select lower(during) as starts, upper(during) as ends from appointments
        where patient_id = p.id and during && ${span}::tstzrange and status <> 'cancelled' offset 0) a`,
  ]);
  indexes.set(clinic, keys);
  if (keys[0].id !== known[0].id) return readFacts(tx, ctx, { clinic, place, row, day });
  const byDoctor = new Map<string, Interval[]>();
  for (const span of busy) byDoctor.set(span.doctor_id, [...(byDoctor.get(span.doctor_id) ?? []), toInterval(span)]);
  const patientId = found[0]?.id ?? (await addPatient(tx, ctx, row));
  return { isThere: there.length > 0, patientId, busy: byDoctor, patientBusy: own.map(toInterval) };
}

async function addPatient(tx: Tx, ctx: Context, row: ImportRow): Promise<string> {
  const id = uuidv7();
  const { givenName, familyName, dateOfBirth, sex, patientExternalId: externalId } = row;
  const sealed = await sealNewPatient(tx, { id, externalId });
  await tx.db.insert(patients).values({ id, givenName, familyName, dateOfBirth, sex, createdAt: ctx.now, ...sealed });
  return id;
}

/** What search would have offered on that day at the instant of asking, in its order. */
function candidates(
  ctx: Context,
  clinic: ImportClinic,
  place: ImportPlace,
  row: ImportRow,
  { day, bounds, busy }: { day: string; bounds: Interval; busy: Map<string, Interval[]> },
): Slot[] {
  const { shape } = clinic.service;
  const windows = windowsOn(clinic, place, day, bounds);
  const doctors = place.doctors.map(({ id }, nth) => ({ id, windows: windows[nth] ?? [], busy: busy.get(id) ?? [] }));
  const asked = row.startsAt === null ? bounds : { start: row.startsAt, end: row.startsAt + 1 };
  const columns = exactSlots({ shape, range: asked, rooms: null, ...bookableRange(clinic.service, ctx.now) }, doctors);
  return slotsOf(columns, shape);
}

const kept = new WeakMap<ImportClinic, Map<string, (readonly Window[])[]>>();

/** The opening hours of a place's doctors on one day; rows of one day tend to come together. */
function windowsOn(clinic: ImportClinic, place: ImportPlace, day: string, bounds: Interval): (readonly Window[])[] {
  const known = kept.get(clinic) ?? new Map<string, (readonly Window[])[]>();
  kept.set(clinic, known);
  const key = `${place.id} ${day}`;
  const found = known.get(key);
  if (found) return found;
  if (known.size >= WINDOWS_KEPT) known.clear();
  const zoneOf = (id: string) => clinic.zones.get(id) ?? place.timeZone;
  const windows = place.doctors.map(({ rules, exceptions }) =>
    applyExceptions(expandRules(rules, bounds, zoneOf, clinic.service.id), exceptions, zoneOf).filter(
      (window) => window.locationId === place.id,
    ),
  );
  known.set(key, windows);
  return windows;
}

async function recordOutcome(
  tx: Tx,
  ctx: Context,
  row: ImportRow,
  { id, slot, today, isSilent }: { id: string; slot: Slot; today: Date; isSilent: boolean },
): Promise<Result<Placed, RowRefusal>> {
  if (row.outcome === "booked") return { ok: true, value: "booked" };
  const endsAt = new Date(slot.end * 1_000);
  if (endsAt > today)
    return refuse("outcome_before_visit", { detail: `"${row.outcome}" of a visit that is still to come` });
  const changed = await changeStatusIn(tx, { ...ctx, now: endsAt }, { id, status: row.outcome }, { isSilent });
  if (changed.ok) return { ok: true, value: "booked" };
  return refuse("booking_refused", { detail: (changed satisfies Refused).code });
}
