import type { Interval } from "@/lib/domain/interval";
import { judgeSlot, type SlotReason } from "@/lib/domain/judge-slot";
import { bookableRange } from "@/lib/domain/policies";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { applyExceptions, expandRules, openHours, type WeeklyRule } from "@/lib/domain/schedule";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";
import { invalid } from "@/lib/platform/refusals";
import { exceptionSpan, readAvailability, readBusy, readRooms, shapeOf, unpackExceptions } from "./read-availability";
import type { ExplainSlotInput } from "./schemas";

type Refusal = "forbidden" | "not_found" | "validation_failed";

/** Why a time of one doctor is or is not offered, by the same judgement as search and booking. For staff. */
export async function explainSlot(
  ctx: Context,
  { serviceId, doctorId, locationId, start: startText }: ExplainSlotInput,
): Promise<Result<{ offered: boolean; reasons: SlotReason[] }, Refusal>> {
  if (!may(ctx.actor, "slot.explain")) return refuse("forbidden");
  const start = Date.parse(startText) / 1_000;
  if (!Number.isInteger(start)) return invalid("start", "must be a whole second");

  const { pg } = ctx.db;
  const range = { start, end: start + 1 };
  const [read, doctor] = await Promise.all([
    readAvailability(pg, serviceId, range, ctx.now, []),
    readDoctor(ctx, doctorId, serviceId, range),
  ]);
  if (!read) return refuse("not_found", { errors: [{ path: "serviceId", message: "was not found" }] });
  if (!doctor) return refuse("not_found", { errors: [{ path: "doctorId", message: "was not found" }] });

  const { service, zones } = read;
  const shape = shapeOf(service);
  const [busy, rooms] = await Promise.all([
    readBusy(pg, [doctorId], range, shape, ctx.now),
    service.requires_room ? readRooms(pg, serviceId, range, shape, ctx.now) : null,
  ]);
  const rules = (doctor.rules ?? []).filter((rule) => zones.has(rule.locationId));
  const zoneOf = (id: string) => zones.get(id) as string;
  const weekly = expandRules(rules, range, zoneOf, serviceId);
  const exceptions = unpackExceptions(doctor.exceptions, zones);
  const day = {
    shape,
    isServiceOffered: doctor.offers && doctor.active && service.active,
    hours: openHours(weekly, exceptions, zoneOf),
    windows: applyExceptions(weekly, exceptions, zoneOf),
    busy: busy.get(doctorId) ?? [],
    rooms,
    ...bookableRange({ minNoticeMinutes: service.min_notice_minutes, horizonDays: service.horizon_days }, ctx.now),
  };
  const { offered, reasons } = judgeSlot(day, start, locationId);
  return ok({ offered, reasons });
}

type DoctorDay = { active: boolean; offers: boolean; rules: WeeklyRule[] | null; exceptions: string | null };

async function readDoctor(
  { db }: Context,
  doctorId: string,
  serviceId: string,
  range: Interval,
): Promise<DoctorDay | undefined> {
  const [doctor] = await db.pg<DoctorDay[]>`
    select d.active, exists (select from doctor_services o where o.doctor_id = d.id and o.service_id = ${serviceId}) as offers,
      (select json_agg(json_build_object('locationId', r.location_id, 'weekday', r.weekday, 'start', left(r.start_time::text, 5),
        'end', left(r.end_time::text, 5), 'validFrom', r.valid_from, 'validUntil', r.valid_until, 'serviceIds', r.service_ids))
        from schedule_rules r where r.doctor_id = d.id) as rules,
      (select json_agg(json_build_array(e.kind, e.location_id, extract(epoch from lower(e.during)), extract(epoch from upper(e.during))))
        from schedule_exceptions e where e.doctor_id = d.id and e.during && ${exceptionSpan(range)}::tstzrange)::text as exceptions
    from doctors d where d.id = ${doctorId}`;
  return doctor;
}
