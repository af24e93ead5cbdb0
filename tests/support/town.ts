import { randomUUID } from "node:crypto";
import type postgres from "postgres";
import { uuidv7 } from "uuidv7";
import type { Db } from "@/db/client";
import type { Role, UserActor } from "@/lib/domain/actor";
import { sessionCookie } from "@/lib/platform/auth-cookie";
import { signAccessToken } from "@/lib/platform/auth-token";
import type { Context } from "@/lib/platform/context";
import { addAttachment } from "@/lib/records/attachments";
import { closeGlass, openGlass } from "@/lib/records/break-glass";
import { createDraft, createRecord } from "@/lib/records/create-record";
import { grantAccess } from "@/lib/records/grants";
import { clinicMaker } from "./clinic";
import { PNG } from "./files";
import { identify } from "./identifiers";
import { valueFrom } from "./records";

/** Who knocks at every door. `parent` acts for the child Cy; `stranger` is a doctor who treats Bo and nobody else. */
export const CALLERS = ["none", "patient", "parent", "doctor", "stranger", "receptionist", "admin"] as const;
export type Caller = (typeof CALLERS)[number];
export const ROLE_OF: Record<Exclude<Caller, "none">, Role> = {
  ...{ patient: "patient", parent: "patient", doctor: "doctor", stranger: "doctor" },
  ...{ receptionist: "receptionist", admin: "admin" },
};
type Patient = "ana" | "bo" | "cy";

/** Whose things are the caller's, and whose are somebody else's. */
export const OWN: Record<Exclude<Caller, "none">, Patient> = {
  ...{ patient: "ana", parent: "cy", doctor: "ana", stranger: "bo", receptionist: "ana", admin: "ana" },
};
export const FOREIGN: Record<Exclude<Caller, "none">, Patient> = {
  ...{ patient: "bo", parent: "bo", doctor: "bo", stranger: "ana", receptionist: "bo", admin: "bo" },
};

/** Things that calls, actions and pages name by an id. A new kind needs one of every patient below. */
export type Kind =
  | "appointment"
  | "hold"
  | "wish"
  | "offer"
  | "message"
  | "inbound"
  | "patient"
  | "record"
  | "draft"
  | "attachment"
  | "draftFile"
  | "proxyGrant"
  | "recordGrant"
  | "glass"
  | "account"
  | "session"
  | "passkey"
  | "doctor"
  | "exception"
  | "service"
  | "recall"
  | "template"
  | "location"
  | "room";
export type Things = Record<Kind, string>;

/** Words that stand in every answer that tells something of somebody: `visit-canary-bo`. */
export const canary = (what: "name" | "visit" | "record" | "account", who: Patient) => `${what}-canary-${who}`;

const DAY = 86_400_000;

/**
 * A clinic in which Ana, Bo and the child Cy each have a thing of every kind, sealed and written as the product does it. The doctor treats Ana
 * and Cy, the stranger Bo; a third doctor holds the grants and has broken glass.
 */
export async function town(db: Db, owner: postgres.Sql) {
  const make = clinicMaker(owner);
  const as = (actor: UserActor): Context => ({ db, actor, now: new Date(), requestId: randomUUID() });
  const locationId = await make.location();
  const serviceId = await make.service();
  const room = await make.room(locationId);
  const template = uuidv7();
  await owner`insert into record_templates (id, kind, name, title, body) values (${template}, 'visit_note', 'T', 'T', 'B')`;
  const where = { locationId, serviceIds: [serviceId] };
  const [doctor, stranger, third] = [await make.doctor(where), await make.doctor(where), await make.doctor(where)];
  const [ana, bo, pam, helper] = [
    await make.patient(),
    await make.patient(),
    await make.patient(),
    await make.patient(),
  ];
  const cy = await make.child();
  await make.grant(cy, pam.userId, ["view", "book", "cancel", "records"]);
  await owner`update users set email_verified_at = now()`;
  const staff = { receptionist: await make.staff("receptionist"), admin: await make.staff("admin") };
  const actors: Record<Exclude<Caller, "none">, UserActor> = {
    ...{ patient: ana.actor, parent: pam.actor, doctor: doctor.actor, stranger: stranger.actor, ...staff },
  };
  let visits = 0;

  async function things(who: Patient, patientId: string, userId: string, by: typeof doctor): Promise<Things> {
    await owner`update patients set family_name = ${canary("name", who)} where id = ${patientId}`;
    await identify(owner, patientId, { email: `${canary("name", who)}@x.test` });
    await owner`update users set display_name = ${canary("account", who)} where id = ${userId}`;
    const visit = async (days: number, status: string) => {
      const id = uuidv7();
      const at = Math.floor(Date.now() / DAY) * DAY + days * DAY + 9 * 3_600_000 + visits++ * 1_800_000;
      const span = `[${new Date(at).toISOString()},${new Date(at + 1_800_000).toISOString()})`;
      await owner`insert into appointments (id, reference, status, service_id, doctor_id, location_id, patient_id, during, busy, reason, hold_expires_at)
        values (${id}, ${id}, ${status}, ${serviceId}, ${by.id}, ${locationId}, ${patientId}, ${span}, ${span}, ${canary("visit", who)},
          ${status === "held" ? new Date(Date.now() + DAY) : null})`;
      await owner`insert into appointment_events (id, appointment_id, type, version, actor_kind, at, data)
        values (${uuidv7()}, ${id}, 'appointment.booked', 1, 'system', now(), ${owner.json({ note: canary("visit", who) })})`;
      return id;
    };
    const [appointment, hold] = [await visit(5, "booked"), await visit(6, "held")];
    await visit(-1, "booked");
    const text = { title: canary("record", who), body: canary("record", who) };
    const note = { patientId, kind: "visit_note" as const, ...text };
    const doctorCtx = as(by.actor);
    const { id: record } = await valueFrom(createRecord(doctorCtx, { ...note, release: true }));
    const { id: draft } = await valueFrom(createDraft(doctorCtx, note));
    const file = { fileName: `${canary("record", who)}.png`, bytes: PNG };
    const draftFile = await valueFrom(addAttachment(doctorCtx, { recordId: draft, ...file }));
    // Only a draft takes files; what stands is what this one becomes.
    const { id: withFile } = await valueFrom(createDraft(doctorCtx, note));
    const attachment = await valueFrom(addAttachment(doctorCtx, { recordId: withFile, ...file }));
    await owner`update record_versions set signed_at = now() where record_id = ${withFile}`;
    await owner`update medical_records set status = 'signed', signed_at = now(), release = 'released', released_at = now() where id = ${withFile}`;
    const glass = await valueFrom(openGlass(as(third.actor), { patientId, reason: canary("record", who).padEnd(20) }));
    await valueFrom(closeGlass(as(third.actor), { id: glass.id }));
    const recordGrant = await valueFrom(
      grantAccess(as(staff.admin), { patientId, doctorId: third.id, reason: canary("record", who) }),
    );
    const [wish, offer] = [uuidv7(), uuidv7()];
    await owner`insert into waitlist_entries (id, patient_id, service_id, from_date, to_date)
      values (${wish}, ${patientId}, ${serviceId}, '2031-01-01', '2099-01-01')`;
    await owner`insert into waitlist_offers (id, entry_id, patient_id, doctor_id, location_id, starts_at, ends_at, expires_at)
      values (${offer}, ${wish}, ${patientId}, ${by.id}, ${locationId}, '2031-01-02T09:00Z', '2031-01-02T09:30Z', '2031-01-01')`;
    const recall = uuidv7();
    await owner`insert into recalls (id, name, service_id) values (${recall}, ${`Recall ${who}`}, ${serviceId})`;
    await owner`insert into recall_patients (recall_id, patient_id, last_visit_id, last_visit_at)
      values (${recall}, ${patientId}, ${appointment}, '2031-01-01')`;
    const [session, passkey, exception, proxyGrant, message, inbound] = [
      uuidv7(),
      uuidv7(),
      uuidv7(),
      uuidv7(),
      uuidv7(),
      uuidv7(),
    ];
    await owner`insert into inbound_messages (id, provider_message_id, patient_id, meaning, received_at)
      values (${inbound}, ${inbound}, ${patientId}, 'text', now())`;
    await owner`insert into notifications (id, kind, channel, appointment_id, appointment_version, patient_id, status, due_at)
      values (${message}, 'appointment.booked', 'email', ${appointment}, 1, ${patientId}, 'dead', now())`;
    await owner`insert into sessions (id, user_id, kind, expires_at, name) values (${session}, ${userId}, 'api', now() + interval '1 day', ${canary("account", who)})`;
    await owner`insert into passkeys (id, user_id, credential_id, public_key, is_backed_up, name)
      values (${passkey}, ${userId}, ${passkey}, 'k', false, ${canary("account", who)})`;
    await owner`insert into schedule_exceptions (id, doctor_id, kind, during) values (${exception}, ${by.id}, 'leave', '[2039-01-01,2039-01-02)')`;
    await owner`insert into patient_proxies (id, patient_id, user_id, relationship, capabilities)
      values (${proxyGrant}, ${patientId}, ${helper.userId}, 'partner', array['view'])`;
    return {
      ...{ appointment, hold, patient: patientId, record, draft, attachment: attachment.id, draftFile: draftFile.id },
      ...{
        wish,
        offer,
        recall,
        message,
        inbound,
        proxyGrant,
        recordGrant: recordGrant.id,
        glass: glass.id,
        account: userId,
        session,
        passkey,
      },
      ...{ doctor: by.id, exception, service: serviceId, location: locationId, room, template },
    };
  }

  const of: Record<Patient, Things> = {
    ana: await things("ana", ana.id, ana.userId, doctor),
    bo: await things("bo", bo.id, bo.userId, stranger),
    cy: await things("cy", cy, pam.userId, doctor),
  };
  const statement = await digestStatement(owner);
  let days = 20;
  return {
    of,
    actors,
    /** A time that nobody has asked for yet. */
    freshStart: () => {
      days = 20 + ((days - 19) % 300);
      return new Date(Math.floor(Date.now() / DAY) * DAY + days * DAY + 9 * 3_600_000).toISOString();
    },
    /** Somebody who knocks at no door, and a doctor who does not. */
    helperEmail: `${helper.userId}@test.example`,
    helperDoctor: third.id,
    /** A new sign-in of the caller's: the bearer token and the browser's cookie. */
    async signIn(caller: Caller): Promise<{ token?: string; cookie?: string }> {
      if (caller === "none") return {};
      const { userId, role } = actors[caller];
      const [api, browser] = [uuidv7(), uuidv7()];
      await owner`insert into sessions ${owner(
        (["api", "browser"] as const).map((kind) => ({
          ...{ id: kind === "api" ? api : browser, user_id: userId, kind },
          ...{ authenticated_at: new Date(), expires_at: new Date(Date.now() + DAY) },
        })),
      )}`;
      return {
        token: await signAccessToken(db, { userId, sessionId: api, role }, new Date()),
        cookie: await sessionCookie(db, browser, userId),
      };
    },
    /** What the database holds of a patient and of their account, but for the logs of who looked. */
    digest: async (who: Patient) => {
      const rows = await owner.unsafe<{ name: string; digest: string }[]>(statement, [
        of[who].patient,
        of[who].account,
      ]);
      return Object.fromEntries(rows.map(({ name, digest }) => [name, digest]));
    },
  };
}

const LOGS = ["audit_log", "access_log", "outbox"];

/** One statement for all tables that name somebody. */
async function digestStatement(owner: postgres.Sql): Promise<string> {
  const columns = await owner<{ table: string; name: string }[]>`
    select c.relname as table, min(a.attname) as name from pg_class c join pg_attribute a on a.attrelid = c.oid and not a.attisdropped
    where c.relnamespace = 'public'::regnamespace and c.relkind in ('r', 'p') and a.attname in ('patient_id', 'user_id', 'appointment_id', 'record_id')
    group by 1`;
  const conditions: Record<string, string> = {
    patient_id: "patient_id = $1",
    user_id: "user_id = $2",
    appointment_id: "appointment_id in (select id from appointments where patient_id = $1)",
    record_id: "record_id in (select id from medical_records where patient_id = $1)",
  };
  const tables = [
    ...columns.filter(({ table }) => !LOGS.includes(table)).map(({ table, name }) => [table, conditions[name]]),
    ...[
      ["users", "id = $2"],
      ["patients", "id = $1"],
    ],
  ];
  const one = ([table, condition]: (string | undefined)[]) =>
    `select '${table}' as name, count(*) || ' ' || coalesce(md5(string_agg(t::text, ',' order by t::text)), '') as digest from "${table}" t where ${condition}`;
  return tables.map(one).join(" union all ");
}

/** Ids of things that do not exist; what everybody may see stays. */
export const nobodys = (like: Things): Things => ({
  ...(Object.fromEntries(Object.keys(like).map((kind) => [kind, randomUUID()])) as Things),
  ...{ service: like.service, location: like.location, room: like.room, doctor: like.doctor },
});
