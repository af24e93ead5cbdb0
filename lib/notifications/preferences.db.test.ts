import { uuidv7 } from "uuidv7";
import { expect, it } from "vitest";
import type { Context } from "@/lib/platform/context";
import { testDb } from "@/tests/support/db";
import { recordingMessenger } from "@/tests/support/messenger";
import { peopleOf } from "@/tests/support/people";
import { valueFrom } from "@/tests/support/records";
import { clinicForMessages } from "@/tests/support/visits";
import { handleEvent } from "./handle-event";
import { getPreferences, putPreferences } from "./preferences";

const { db, owner } = await testDb();
const clinic = await clinicForMessages(owner);
const START = new Date("2031-05-14T16:00:00Z");
const now = new Date("2031-05-01T16:00:00Z");
const people = peopleOf(db, owner, now);
const { messenger } = recordingMessenger(db, { clock: () => now });

async function handleAll() {
  const rows = await owner<Array<{ id: string; topic: string; payload: unknown }>>`
    update outbox set done_at = now() where done_at is null returning id, topic, payload`;
  for (const row of rows.sort((a, b) => (a.id < b.id ? -1 : 1))) await handleEvent(messenger, row);
}
async function patientWithPhone(startsAt: Date): Promise<{ ctx: Context; visit: string; patientId: string }> {
  const userId = await clinic.addUser(`${uuidv7()}@example.test`);
  const patientId = await clinic.addPatient({ userId, phone: "+12125550142" });
  const ctx = people.as({ kind: "user", userId, role: "patient", sessionId: uuidv7(), patientId, doctorId: null });
  return { ctx, visit: await clinic.book(patientId, { startsAt }), patientId };
}
const pending = async (visit: string) =>
  (
    await owner<Array<{ line: string }>>`select channel || ' ' || step as line from notifications
      where appointment_id = ${visit} and kind = 'appointment.reminder' and status = 'pending' order by channel, due_at`
  ).map(({ line }) => line);

it("begins with both channels and the usual hours, and changes only what is given", async () => {
  const { ctx } = await patientWithPhone(START);
  expect(await valueFrom(getPreferences(ctx))).toEqual({
    ...{ channels: { email: true, sms: true }, stopped: [], leadMinutes: null, quietHours: null },
    ...{ language: "en", timeZone: null },
  });
  await putPreferences(ctx, { channels: { email: false }, quietHours: { from: "22:30", until: "06:00" } });
  await putPreferences(ctx, { leadMinutes: [60] });
  expect(await valueFrom(getPreferences(ctx))).toMatchObject({
    ...{ channels: { email: false, sms: true }, leadMinutes: [60], quietHours: { from: "22:30", until: "06:00" } },
  });
  await putPreferences(ctx, { leadMinutes: null, quietHours: null });
  expect(await valueFrom(getPreferences(ctx))).toMatchObject({ leadMinutes: null, quietHours: null });
  expect(await getPreferences(people.anonymous)).toMatchObject({ code: "forbidden" });
});

it("plans booked visits anew, there and back", async () => {
  const { ctx, visit } = await patientWithPhone(new Date(START.getTime() + 3_600_000));
  await handleAll();
  const usual = ["before_4320", "before_1440", "before_120"];
  expect(await pending(visit)).toEqual(
    ["email", "sms"].flatMap((channel) => usual.map((step) => `${channel} ${step}`)),
  );
  await putPreferences(ctx, { channels: { email: false }, leadMinutes: [1_440, 60] });
  await handleAll();
  expect(await pending(visit)).toEqual(["sms before_1440", "sms before_60"]);
  await putPreferences(ctx, { channels: { email: true }, leadMinutes: null });
  await handleAll();
  expect(await pending(visit)).toHaveLength(6);
});

it("shows what a STOP has ended, and lifts it where the channel is switched on", async () => {
  const { ctx, patientId } = await patientWithPhone(new Date(START.getTime() + 7_200_000));
  await owner`insert into channel_stops (patient_id, channel, reason) values (${patientId}, 'sms', 'stop')`;
  expect(await valueFrom(getPreferences(ctx))).toMatchObject({
    channels: { email: true, sms: false },
    stopped: ["sms"],
  });
  expect(await valueFrom(putPreferences(ctx, { channels: { email: true } }))).toMatchObject({ stopped: ["sms"] });
  expect(await valueFrom(putPreferences(ctx, { channels: { sms: true } }))).toMatchObject({
    ...{ channels: { email: true, sms: true }, stopped: [] },
  });
});
