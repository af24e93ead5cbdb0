import { uuidv7 } from "uuidv7";
import { beforeEach, expect, it } from "vitest";
import { testDb } from "@/tests/support/db";
import { peopleOf } from "@/tests/support/people";
import { clinicForMessages } from "@/tests/support/visits";
import { listDeadLetters } from "./list-dead-letters";
import { listNotifications } from "./list-notifications";
import { replayDeadLetters, replayNotification } from "./replay-dead-letters";

const { db, owner } = await testDb();
const clinic = await clinicForMessages(owner);
const people = peopleOf(db, owner, new Date());
const reception = await people.staff("receptionist");
const stranger = await people.doctor();
const [doctorUser] =
  await owner`insert into users (id, email, role, display_name) values (${uuidv7()}, 'own@example.test', 'doctor', 'D') returning id`;
await owner`update doctors set user_id = ${doctorUser!.id} where id = ${clinic.doctorId}`;
const own = people.as({
  kind: "user",
  userId: doctorUser!.id,
  role: "doctor",
  sessionId: uuidv7(),
  patientId: null,
  doctorId: clinic.doctorId,
});
const visit = await clinic.book(await clinic.addPatient());

beforeEach(() => owner`truncate notifications, outbox cascade`);

const addMessage = async (status: string, more: { channel?: string; error?: string; kind?: string } = {}) => {
  const id = uuidv7();
  await owner`insert into notifications (id, kind, channel, appointment_id, appointment_version, status, due_at, attempts, error_class, event_id)
    values (${id}, ${more.kind ?? "appointment.booked"}, ${more.channel ?? "email"}, ${visit}, 1, ${status}, now(), 10, ${more.error ?? "smtp_451"}, ${id})`;
  return id;
};
const addEvent = async (topic = "appointment.eaten") => {
  const id = uuidv7();
  await owner`insert into outbox (id, topic, payload, done_at, dead_at, attempts, last_error)
    values (${id}, ${topic}, ${owner.json({ appointmentId: visit })}, now(), now(), 1, 'PoisonEvent')`;
  return id;
};
const idsOf = (listed: Awaited<ReturnType<typeof listDeadLetters>>) =>
  listed.ok ? listed.value.items.map(({ id }) => id) : listed.code;

it("shows the clinic all that was given up, and a doctor what concerns their own visits", async () => {
  const [message, event] = [await addMessage("dead"), await addEvent()];
  await addMessage("sent");
  expect(idsOf(await listDeadLetters(reception, {}))).toEqual([event, message]);
  expect(idsOf(await listDeadLetters(own, {}))).toEqual([message]);
  expect(idsOf(await listDeadLetters(stranger, {}))).toEqual([]);
  expect(idsOf(await listDeadLetters(people.anonymous, {}))).toBe("forbidden");
  const [shown] = await listDeadLetters(reception, { source: "event" }).then((listed) =>
    listed.ok ? listed.value.items : [],
  );
  expect(shown).toMatchObject({
    kind: "appointment.eaten",
    appointmentId: visit,
    errorClass: "PoisonEvent",
    attempts: 1,
  });
});

it("pages through both kinds in one order", async () => {
  const made = [await addMessage("dead"), await addEvent(), await addMessage("dead"), await addEvent()].reverse();
  const first = await listDeadLetters(reception, { limit: 3 });
  if (!first.ok) throw new Error(first.code);
  const rest = await listDeadLetters(reception, { limit: 3, cursor: first.value.nextCursor ?? "" });
  expect([...(idsOf(first) as string[]), ...(idsOf(rest) as string[])]).toEqual(made);
  expect(await listDeadLetters(reception, { cursor: "x" })).toMatchObject({ code: "validation_failed" });
});

it("sends one again, also one that its provider refused, but none that has arrived", async () => {
  const [dead, failed, sent] = [await addMessage("dead"), await addMessage("failed"), await addMessage("sent")];
  for (const id of [dead, failed]) expect(await replayNotification(own, { id })).toMatchObject({ ok: true });
  expect(await replayNotification(reception, { id: sent })).toMatchObject({ code: "invalid_transition" });
  expect(await replayNotification(stranger, { id: dead })).toMatchObject({ code: "not_found" });
  const rows = await owner`select status, attempts from notifications where id in (${dead}, ${failed})`;
  expect(rows).toEqual([
    { status: "pending", attempts: 0 },
    { status: "pending", attempts: 0 },
  ]);
  const event = await addEvent();
  expect(await replayNotification(own, { id: event })).toMatchObject({ code: "not_found" });
  expect(await replayNotification(reception, { id: event })).toMatchObject({ ok: true });
  expect(
    await owner`select from outbox where id = ${event} and dead_at is null and done_at is null and attempts = 0`,
  ).toHaveLength(1);
});

it("repeats all that fit a filter and nothing else", async () => {
  await addMessage("dead", { channel: "sms", error: "http_500" });
  await addMessage("dead", { error: "http_500" });
  await addMessage("failed", { error: "http_500" });
  await addEvent();
  expect(await replayDeadLetters(stranger, {})).toMatchObject({ value: { replayed: 0 } });
  expect(await replayDeadLetters(reception, { channel: "sms", errorClass: "http_500" })).toMatchObject({
    value: { replayed: 1 },
  });
  expect(await replayDeadLetters(reception, { kind: "appointment.eaten" })).toMatchObject({ value: { replayed: 1 } });
  expect(await replayDeadLetters(reception, {})).toMatchObject({ value: { replayed: 1 } });
});

it("lists what became of messages by visit and status, a doctor's own visits only", async () => {
  const [dead, sent] = [await addMessage("dead"), await addMessage("sent")];
  const ids = async (...[ctx, input]: Parameters<typeof listNotifications>) => {
    const listed = await listNotifications(ctx, input);
    return listed.ok ? listed.value.items.map(({ id }) => id) : listed.code;
  };
  expect(await ids(reception, { appointmentId: visit })).toEqual([sent, dead]);
  expect(await ids(reception, { status: "dead" })).toEqual([dead]);
  expect(await ids(own, {})).toEqual([sent, dead]);
  expect(await ids(stranger, { appointmentId: visit })).toEqual([]);
  expect(await ids(people.anonymous, {})).toBe("forbidden");
});
