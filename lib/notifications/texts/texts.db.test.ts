import { beforeAll, beforeEach, expect, it } from "vitest";
import type { Context } from "@/lib/platform/context";
import { closeLimits } from "@/lib/platform/rate-limit";
import { testDb } from "@/tests/support/db";
import { recordingMessenger } from "@/tests/support/messenger";
import { peopleOf } from "@/tests/support/people";
import { clinicForMessages } from "@/tests/support/visits";
import { deliverDue } from "../deliver-due";
import { handleEvent } from "../handle-event";
import { retryLater } from "../providers/provider";
import { countUnused, forgetTexts, messageTexts } from "./message-texts";
import { previewText } from "./preview-text";
import { getText, listTexts } from "./queries";
import { resetText } from "./reset-text";
import { saveText } from "./save-text";
import { trySms } from "./try-sms";
import { tryText } from "./try-text";

const { db, owner } = await testDb();
const people = peopleOf(db, owner, new Date("2026-03-02T12:00:00Z"));
const clinic = await clinicForMessages(owner);
const SMS = { kind: "appointment.booked", channel: "sms", locale: "en" } as const;
const MAIL = { kind: "appointment.booked", channel: "email", locale: "en" } as const;

let admin: Context;
let others: Context[];
beforeAll(async () => {
  admin = await people.staff("admin");
  others = [people.anonymous, await people.patient(), await people.doctor(), await people.staff("receptionist")];
});
beforeEach(async () => {
  await owner`truncate outbox, notifications, message_templates cascade`;
  forgetTexts(db);
  closeLimits();
});

async function bookAndTell() {
  const recorded = recordingMessenger(db);
  await clinic.book(await clinic.addPatient({ phone: "+12125550199" }));
  const events = await owner<Array<{ id: string; topic: string; payload: unknown }>>`
    update outbox set done_at = now() where done_at is null returning id, topic, payload`;
  for (const event of events) await handleEvent(recorded.messenger, event);
  return { mail: recorded.mails[0], sms: recorded.texts[0] };
}

it("is the admins' alone", async () => {
  for (const ctx of others) {
    const answers = await Promise.all([
      listTexts(ctx),
      getText(ctx, SMS),
      saveText(ctx, { ...SMS, body: "{when} {link}" }),
      resetText(ctx, SMS),
      previewText(ctx, { ...SMS, body: "x" }),
      tryText(ctx, MAIL),
    ]);
    expect(answers.map((answer) => !answer.ok && answer.code)).toEqual(Array(6).fill("forbidden"));
  }
});

it("sends the clinic's own words, and the product's again once they are taken away", async () => {
  expect(await saveText(admin, { ...SMS, body: "See you {when} at {clinic}: {link}" })).toMatchObject({ ok: true });
  expect(
    await saveText(admin, { ...MAIL, subject: "{clinic}: your time", body: "Dear {patient},\n\nsee you {when}." }),
  ).toMatchObject({ ok: true });
  const { mail, sms } = await bookAndTell();
  expect(sms?.body).toMatch(/^See you \w+ .+ at Slotwell: https:\/\/clinic\.test\/visits\//);
  expect(mail?.subject).toBe("Slotwell: your time");
  expect(mail?.text).toMatch(/Dear \S+,\n\nsee you /);
  // What a mail must tell stands there whatever the clinic writes.
  expect(mail?.text).toMatch(/When: .+\nWhere: .+\nWith: /);
  expect(mail?.html).toContain("/visits/");

  await resetText(admin, SMS);
  expect((await bookAndTell()).sms?.body).toMatch(/^Appointment booked: /);
  const audited = await owner`select operation from audit_log where table_name = 'message_templates' order by id`;
  expect(audited.length).toBeGreaterThanOrEqual(3);
});

it("refuses what nobody could be sent, with the field and the reason", async () => {
  expect(await saveText(admin, { ...SMS, body: "See you {when}" })).toMatchObject({
    code: "validation_failed",
    errors: [{ path: "body" }],
    data: { reason: "missing_placeholder", names: "{link}" },
  });
  const long = await saveText(admin, { ...SMS, body: `${"ж".repeat(90)} {when} {link}` });
  expect(long).toMatchObject({ data: { reason: "too_many_parts" } });
  expect(await saveText(admin, { ...SMS, kind: "appointment.unheard_of", body: "x" })).toMatchObject({
    code: "not_found",
  });
});

it("keeps the one of two changes that came first", async () => {
  const body = "{when} {link}";
  expect(await saveText(admin, { ...SMS, body })).toEqual({ ok: true, value: { version: 1 } });
  expect(await saveText(admin, { ...SMS, body })).toMatchObject({ code: "version_conflict" });
  expect(await saveText(admin, { ...SMS, body, expectedVersion: 1 })).toEqual({ ok: true, value: { version: 2 } });
  expect(await saveText(admin, { ...SMS, body, expectedVersion: 1 })).toMatchObject({ code: "version_conflict" });
});

it("falls back to the product's words where the clinic's break a rule by now, and says so", async () => {
  await owner`insert into message_templates (id, kind, channel, locale, body)
    values (gen_random_uuid(), 'appointment.booked', 'sms', 'en', 'For {service} {when} {link}')`;
  expect((await bookAndTell()).sms?.body).toMatch(/^Appointment booked: /);
  expect(countUnused(await messageTexts(db))).toBe(1);
  expect(await getText(admin, SMS)).toMatchObject({ value: { state: "unused", faults: [{ names: ["service"] }] } });
});

it("shows every text as its reader would get it", async () => {
  const texts = await listTexts(admin);
  if (!texts.ok) throw new Error(texts.code);
  for (const { kind, channel, locale, words } of texts.value) {
    const preview = await previewText(admin, {
      ...{ kind, channel, locale: locale as "en", body: words.body },
      ...(words.subject === null ? {} : { subject: words.subject }),
    });
    if (!preview.ok) throw new Error(kind);
    expect([kind, preview.value.faults]).toEqual([kind, []]);
    expect(preview.value.text).not.toMatch(/[{}]/);
    if (preview.value.channel === "sms") expect(preview.value.parts).toBeLessThanOrEqual(2);
    else expect(preview.value.html).toContain("<html");
  }
});

it("sends a trial to the admin alone, marked, five in a quarter of an hour, and in no patient's ledger", async () => {
  await saveText(admin, { ...MAIL, subject: "Our subject", body: "Hello {patient}" });
  const { messenger, mails } = recordingMessenger(db);
  expect(await tryText(admin, MAIL)).toMatchObject({ ok: true });
  await deliverDue({ ...messenger, clock: () => new Date(admin.now.getTime() + 1_000) });
  const userId = admin.actor.kind === "user" ? admin.actor.userId : "";
  const [account] = await owner`select email::text from users where id = ${userId}`;
  expect(mails).toMatchObject([{ to: account?.email, subject: "[Test] Our subject" }]);
  expect(mails[0]?.text).toMatch(/^This is a test of a message’s words/);
  expect(mails[0]?.html).toMatch(/<p>This is a test/);
  expect(await owner`select from notifications where patient_id is not null`).toHaveLength(0);

  for (const _ of [2, 3, 4, 5]) expect(await tryText(admin, MAIL)).toMatchObject({ ok: true });
  expect(await tryText(admin, MAIL)).toMatchObject({ code: "rate_limited" });
  closeLimits();
  await owner`update users set email_verified_at = null where id = ${userId}`;
  expect(await tryText(admin, MAIL)).toMatchObject({ code: "address_not_verified" });
});

it("sends a test of a short message to the number named, marked and counted, five a day, and keeps no number", async () => {
  await saveText(admin, { ...SMS, body: "Ours: {when} {link}" });
  const { messenger, texts } = recordingMessenger(db);
  const ask = { ...SMS, to: "+1 212 555 0142" };
  expect(await trySms(admin, ask, messenger.sms)).toEqual({ ok: true, value: { parts: 1 } });
  expect(texts).toMatchObject([{ to: "+12125550142", body: expect.stringMatching(/^\[Test\] Ours: /) }]);
  expect(await trySms(admin, { ...ask, to: "12" }, messenger.sms)).toMatchObject({ code: "validation_failed" });
  expect(await trySms(admin, { ...ask, kind: "no.such" }, messenger.sms)).toMatchObject({ code: "not_found" });
  for (const other of others) expect(await trySms(other, ask, messenger.sms)).toMatchObject({ code: "forbidden" });
  expect(await owner`select from notifications`).toHaveLength(0);
  const broken = { ...messenger.sms, send: async () => retryLater("http_500") };
  expect(await trySms(admin, ask, broken)).toMatchObject({ code: "unavailable" });
  for (const _ of [3, 4, 5]) await trySms(admin, ask, messenger.sms);
  expect(await trySms(admin, ask, messenger.sms)).toMatchObject({ code: "rate_limited" });
  expect(texts).toHaveLength(4);
});
