import type postgres from "postgres";
import { uuidv7 } from "uuidv7";
import { identify } from "./identifiers";

type Person = { email?: string | null; phone?: string | null; userId?: string | null; givenName?: string };

const MINUTE = 60_000;

/**
 * A small clinic, and visits in it written as the verbs write them (visit, event, outbox row) but without their rules: for tests of
 * what happens after a booking.
 */
export async function clinicForMessages(owner: postgres.Sql) {
  const [locationId, serviceId, doctorId] = [uuidv7(), uuidv7(), uuidv7()];
  const firstStart = Date.now() + 30 * 24 * 60 * MINUTE;
  let booked = 0;
  await owner`insert into locations (id, name, time_zone, address, phone)
    values (${locationId}, ${`Harbor Street ${locationId.slice(-6)}`}, 'America/New_York', '12 Harbor Street', '+1 212 555 0100')`;
  await owner`insert into services (id, name, duration_minutes, slot_step_minutes)
    values (${serviceId}, ${`Oncology follow-up ${serviceId.slice(-6)}`}, 30, 30)`;
  await owner`insert into doctors (id, name, specialty) values (${doctorId}, 'Dr. Ada Marsh', 'Oncology')`;

  const addUser = async (email: string) => {
    const id = uuidv7();
    await owner`insert into users (id, email, role, display_name, email_verified_at, password_hash)
      values (${id}, ${email}, 'patient', 'Ana Prado', now(), 'x')`;
    return id;
  };
  const addPatient = async ({ email, phone = null, userId = null, givenName = "Ana" }: Person = {}) => {
    const id = uuidv7();
    const address = email === undefined ? `p-${id}@example.test` : email;
    await owner`insert into patients (id, given_name, family_name, user_id) values (${id}, ${givenName}, 'Prado', ${userId})`;
    await identify(owner, id, { email: address, phone });
    return id;
  };
  const tell = async (topic: string, appointmentId: string, version: number, by: string | null = null) => {
    await owner.begin(async (tx) => {
      await tx`insert into appointment_events (id, appointment_id, type, version, actor_kind, actor_user_id, at)
        values (${uuidv7()}, ${appointmentId}, ${topic}, ${version}, ${by ? "user" : "system"}, ${by}, now())`;
      await tx`insert into outbox (id, topic, payload)
        values (${uuidv7()}, ${topic}, ${tx.json({ appointmentId, version })})`;
    });
  };
  const book = async (patientId: string, { by = null as string | null, startsAt = null as Date | null } = {}) => {
    const id = uuidv7();
    const start = startsAt ?? new Date(firstStart + booked++ * 30 * MINUTE);
    const span = `[${start.toISOString()},${new Date(start.getTime() + 30 * MINUTE).toISOString()})`;
    await owner`insert into appointments (id, reference, status, service_id, doctor_id, location_id, patient_id, during, busy, reason, created_by_user_id)
      values (${id}, ${id.slice(-8)}, 'booked', ${serviceId}, ${doctorId}, ${locationId}, ${patientId}, ${span}, ${span}, 'CANARY lump', ${by})`;
    await tell("appointment.booked", id, 1, by);
    return id;
  };
  const bump = async (id: string) => {
    const [row] = await owner<Array<{ version: number }>>`
      update appointments set version = version + 1 where id = ${id} returning version`;
    return row?.version ?? 0;
  };
  const move = async (id: string, to = new Date(firstStart + booked++ * 30 * MINUTE)) => {
    const span = `[${to.toISOString()},${new Date(to.getTime() + 30 * MINUTE).toISOString()})`;
    await owner`update appointments set during = ${span}, busy = ${span}, confirmed_at = null where id = ${id}`;
    await tell("appointment.rescheduled", id, await bump(id));
  };
  const cancel = async (id: string) => {
    await owner`update appointments set status = 'cancelled', cancelled_at = now() where id = ${id}`;
    await tell("appointment.cancelled", id, await bump(id));
  };
  const confirm = async (id: string) => {
    await owner`update appointments set confirmed_at = now() where id = ${id}`;
    await tell("appointment.confirmed", id, await bump(id));
  };
  const setStatus = async (id: string, status: string) => {
    const way = status === "fulfilled" ? ["arrived", "in_progress", status] : [status];
    for (const next of way) await owner`update appointments set status = ${next} where id = ${id}`;
    await tell("appointment.status_changed", id, await bump(id));
  };
  /** `count` patients with a visit each. */
  const bookMany = async (count: number) => {
    const bookOne = async () => book(await addPatient());
    const ids: string[] = [];
    while (ids.length < count)
      ids.push(...(await Promise.all(Array.from({ length: Math.min(4, count - ids.length) }, bookOne))));
    return ids;
  };
  return {
    locationId,
    doctorId,
    serviceId,
    addUser,
    addPatient,
    book,
    bookMany,
    move,
    cancel,
    confirm,
    setStatus,
    bump,
  };
}

/** A zone where it is about midday now, so that nobody's quiet hours are near, whatever the hour. */
export function zoneAtMidday(): string {
  const east = 12 - new Date().getUTCHours();
  return east === 0 ? "Etc/GMT" : `Etc/GMT${east > 0 ? "-" : "+"}${Math.abs(east)}`;
}
