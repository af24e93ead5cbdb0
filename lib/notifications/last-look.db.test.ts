import { spawnSync } from "node:child_process";
import { beforeEach, expect, it } from "vitest";
import { testDb } from "@/tests/support/db";
import { recordingMessenger } from "@/tests/support/messenger";
import { clinicForMessages } from "@/tests/support/visits";
import { deliverMessages } from "./deliver-messages";
import { LOOK_HOLDS_MS } from "./last-look";
import { sent } from "./providers/provider";

const { db, owner, url } = await testDb();
const clinic = await clinicForMessages(owner);
const SIZE = 6;
let visits: string[] = [];
let ids: string[] = [];

/** A group of messages about visits that were just booked. */
beforeEach(async () => {
  await owner`truncate outbox, appointments, notifications cascade`;
  visits = await clinic.bookMany(SIZE);
  ids = [];
  for (const visit of visits) {
    const [row] = await owner<Array<{ id: string }>>`
      insert into notifications (id, kind, step, channel, appointment_id, appointment_version, patient_id, due_at)
      select uuidv7(), 'appointment.booked', 'now', 'email', id, 1, patient_id, now() - interval '1 minute' from appointments where id = ${visit} returning id`;
    ids.push(row?.id ?? "");
  }
});

/** A turn that comes once all are written and `change` has been made. */
function turnAfter(change: () => Promise<unknown>) {
  let writing = SIZE;
  let go: () => void = () => undefined;
  const changed = new Promise<void>((resolve) => {
    go = resolve;
  });
  return async () => {
    if (--writing === 0) void change().then(go);
    await changed;
    return true;
  };
}

const ledger = async () =>
  (
    await owner<Array<{ status: string; why: string | null; attempts: number }>>`
      select status, error_class as why, attempts from notifications order by array_position(${ids}::uuid[], id)`
  ).map(({ status, why, attempts }) => [status, why, attempts].filter((word) => word !== null).join(" "));

it("sends nothing of a visit that was cancelled between the writing of its message and the look", async () => {
  const { messenger, mails } = recordingMessenger(db, { turn: turnAfter(() => clinic.cancel(visits[2] ?? "")) });
  const found = await deliverMessages(messenger, ids);
  expect(found).toEqual(["sent", "sent", "withdrawn", "sent", "sent", "sent"]);
  expect(mails.map(({ id }) => id).sort()).toEqual(ids.filter((id) => id !== ids[2]).sort());
  expect((await ledger())[2]).toBe("withdrawn superseded 1");
});

/** Ends when the cancellation is committed; meanwhile nothing else runs in this process. */
function cancelMeanwhile(visit: string) {
  const script = `
    import postgres from "postgres";
    const pg = postgres(process.env.URL, { max: 1 });
    await pg\`update appointments set status = 'cancelled', cancelled_at = now(), version = 2 where id = \${process.env.VISIT}\`;
    await pg.end();`;
  const env = { ...process.env, URL: url, VISIT: visit };
  const { status, stderr } = spawnSync(process.execPath, ["--input-type=module", "-e", script], { env });
  expect(status, String(stderr)).toBe(0);
}

it("looks again at a message that has not begun to leave soon after its look", async () => {
  const { messenger } = recordingMessenger(db);
  const left: string[] = [];
  const slow = {
    ...messenger.mail,
    send: async ({ id }: { id: string }) => {
      left.push(id);
      if (left.length > 1) return sent();
      const until = performance.now() + LOOK_HOLDS_MS + 50;
      // All others were looked at together with this one, and are still here.
      cancelMeanwhile(visits.at(-1) ?? "");
      while (performance.now() < until);
      return sent();
    },
  };
  const found = await deliverMessages({ ...messenger, mail: slow }, ids);
  expect(found).toEqual([...Array(SIZE - 1).fill("sent"), "withdrawn"]);
  expect(left).toHaveLength(SIZE - 1);
  expect(left).not.toContain(ids.at(-1));
});

it("fails for one message of a group alone, whose visit cannot be read by then", async () => {
  // What is sealed for somebody else cannot be opened.
  const spoil = async () =>
    owner`update patients set contact_sealed = (select contact_sealed from patients p join appointments a on a.patient_id = p.id
      where a.id = ${visits[0] ?? ""}) where id = (select patient_id from appointments where id = ${visits[1] ?? ""})`;
  const { messenger, mails } = recordingMessenger(db, { turn: turnAfter(spoil) });
  const found = await deliverMessages(messenger, ids);
  expect(found).toEqual(["sent", "retry", "sent", "sent", "sent", "sent"]);
  expect(mails).toHaveLength(SIZE - 1);
  expect((await ledger())[1]).toBe("pending Error 1");
});

it("sends nothing of which another has taken the claim, and starts the time of an old one anew", async () => {
  const age = async () => {
    await owner`update notifications set attempts = attempts + 1 where id = ${ids[0] ?? ""}`;
    await owner`update notifications set claimed_at = claimed_at - interval '1 hour' where id = ${ids[1] ?? ""}`;
  };
  const { messenger, mails } = recordingMessenger(db, { turn: turnAfter(age) });
  const recently = { ...messenger.mail, send: messenger.mail.send };
  const claimedAt = async () =>
    (
      await owner`select claimed_at > now() - interval '1 minute' as is_new from notifications where id = ${ids[1] ?? ""}`
    )[0]?.is_new;
  const seen: boolean[] = [];
  recently.send = async (mail) => {
    if (mail.id === ids[1]) seen.push(await claimedAt());
    return messenger.mail.send(mail);
  };
  expect(await deliverMessages({ ...messenger, mail: recently }, ids)).toEqual([
    "not_due",
    ...Array(SIZE - 1).fill("sent"),
  ]);
  expect(mails).toHaveLength(SIZE - 1);
  expect(seen).toEqual([true]);
  expect((await ledger())[0]).toBe("sending 2");
});

it("has no more on their way than the provider takes at once", async () => {
  const { messenger } = recordingMessenger(db);
  let [now, most] = [0, 0];
  const narrow = {
    ...messenger.mail,
    atOnce: 2,
    send: async () => {
      most = Math.max(most, ++now);
      await new Promise((resolve) => setTimeout(resolve, 20));
      now--;
      return sent();
    },
  };
  const found = await Promise.all([
    deliverMessages({ ...messenger, mail: narrow }, ids.slice(0, 3)),
    deliverMessages({ ...messenger, mail: narrow }, ids.slice(3)),
  ]);
  expect(found.flat()).toEqual(Array(SIZE).fill("sent"));
  expect(most).toBe(2);
});
