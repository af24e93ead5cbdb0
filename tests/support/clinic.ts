import type postgres from "postgres";
import { uuidv7 } from "uuidv7";
import type { UserActor } from "@/lib/domain/actor";

/** A patient with an account, for tests of verbs. */
export type TestPatient = { id: string; userId: string; actor: UserActor };
export type TestDoctor = { id: string; userId: string; actor: UserActor };

type ServiceShape = {
  durationMinutes: number;
  slotStepMinutes: number;
  bufferBeforeMinutes: number;
  bufferAfterMinutes: number;
  minNoticeMinutes: number;
  horizonDays: number;
  cancelCutoffMinutes: number;
  rescheduleCutoffMinutes: number;
  maxReschedules: number | null;
  selfBookable: boolean;
  requiresRoom: boolean;
  modality: string;
};

const PLAIN: ServiceShape = {
  durationMinutes: 30,
  slotStepMinutes: 30,
  bufferBeforeMinutes: 0,
  bufferAfterMinutes: 0,
  minNoticeMinutes: 0,
  horizonDays: 400,
  cancelCutoffMinutes: 0,
  rescheduleCutoffMinutes: 0,
  maxReschedules: null,
  selfBookable: true,
  requiresRoom: false,
  modality: "in_person",
};

const actor = (role: UserActor["role"], userId: string, more: Partial<UserActor> = {}): UserActor => ({
  kind: "user",
  userId,
  role,
  sessionId: uuidv7(),
  patientId: null,
  doctorId: null,
  ...more,
});

/** Makes rows of a small clinic as the database's owner. Names are unique; nothing is shared between calls. */
export function clinicMaker(owner: postgres.Sql) {
  const tag = () => uuidv7().slice(-12);
  const user = async (role: UserActor["role"]) => {
    const id = uuidv7();
    await owner`insert into users (id, email, role, display_name) values (${id}, ${`${id}@test.example`}, ${role}, ${`${role} ${tag()}`})`;
    return id;
  };

  const maker = {
    async location(timeZone = "UTC", phone = "+15550100") {
      const id = uuidv7();
      await owner`insert into locations (id, name, time_zone, phone) values (${id}, ${`Place ${tag()}`}, ${timeZone}, ${phone})`;
      return id;
    },
    async service(shape: Partial<ServiceShape> = {}) {
      const s = { ...PLAIN, ...shape };
      const id = uuidv7();
      await owner`insert into services (id, name, duration_minutes, slot_step_minutes, buffer_before_minutes, buffer_after_minutes, min_notice_minutes,
          horizon_days, cancel_cutoff_minutes, reschedule_cutoff_minutes, max_reschedules, self_bookable, requires_room, modality)
        values (${id}, ${`Service ${tag()}`}, ${s.durationMinutes}, ${s.slotStepMinutes}, ${s.bufferBeforeMinutes}, ${s.bufferAfterMinutes},
          ${s.minNoticeMinutes}, ${s.horizonDays}, ${s.cancelCutoffMinutes}, ${s.rescheduleCutoffMinutes}, ${s.maxReschedules}, ${s.selfBookable},
          ${s.requiresRoom}, ${s.modality})`;
      return id;
    },
    async room(locationId: string) {
      const id = uuidv7();
      await owner`insert into rooms (id, location_id, name) values (${id}, ${locationId}, ${`Room ${tag()}`})`;
      return id;
    },
    /** Works every day from `start` to `end` at the location. */
    async doctor({ locationId, serviceIds, start = "08:00", end = "18:00" }: DoctorShape): Promise<TestDoctor> {
      const id = uuidv7();
      const userId = await user("doctor");
      await owner`insert into doctors (id, user_id, name) values (${id}, ${userId}, ${`Dr ${tag()}`})`;
      await owner`insert into doctor_locations (doctor_id, location_id) values (${id}, ${locationId})`;
      for (const serviceId of new Set(serviceIds))
        await owner`insert into doctor_services (doctor_id, service_id) values (${id}, ${serviceId})`;
      for (let weekday = 1; weekday <= 7; weekday++)
        await owner`insert into schedule_rules (id, doctor_id, location_id, weekday, start_time, end_time)
          values (${uuidv7()}, ${id}, ${locationId}, ${weekday}, ${start}, ${end})`;
      return { id, userId, actor: actor("doctor", userId, { doctorId: id }) };
    },
    async patient(): Promise<TestPatient> {
      const userId = await user("patient");
      const id = uuidv7();
      await owner`insert into patients (id, user_id, given_name, family_name) values (${id}, ${userId}, 'Ada', ${tag()})`;
      return { id, userId, actor: actor("patient", userId, { patientId: id }) };
    },
    patients: (count: number) => Promise.all(Array.from({ length: count }, () => maker.patient())),
    async child() {
      const id = uuidv7();
      await owner`insert into patients (id, given_name, family_name) values (${id}, 'Bea', ${tag()})`;
      return id;
    },
    async grant(patientId: string, userId: string, capabilities: string[], validUntil: Date | null = null) {
      await owner`insert into patient_proxies (id, patient_id, user_id, relationship, capabilities, valid_until)
        values (${uuidv7()}, ${patientId}, ${userId}, 'parent', ${capabilities}, ${validUntil})`;
    },
    async staff(role: "receptionist" | "admin" = "receptionist") {
      return actor(role, await user(role));
    },
  };
  return maker;
}

type DoctorShape = { locationId: string; serviceIds: string[]; start?: string; end?: string };
