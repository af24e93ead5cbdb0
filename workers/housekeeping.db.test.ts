import { uuidv7 } from "uuidv7";
import { expect, it } from "vitest";
import { testDb } from "@/tests/support/db";
import { ward } from "@/tests/support/records";
import { cleanUp, idAt } from "./housekeeping";

const { db, owner } = await testDb();
const { ids, ana } = await ward(db, owner);
const userId = (ana.actor as { userId: string }).userId;

it("removes what has served its time, keeps the rest, and writes down what was somebody's", async () => {
  let sent = 0;
  const message = (status: string, days: number) => owner`
    insert into notifications (id, kind, channel, patient_id, status, due_at, event_id)
    values (${idAt(Date.now() - days * 86_400_000 + sent++)}, 'x', 'sms', ${ids.ana}, ${status}, now(), ${uuidv7()})`;
  await Promise.all([message("sent", 31), message("sent", 29), message("pending", 31), message("dead", 31)]);
  const reply = (handled: number | null) => owner`
    insert into inbound_messages (id, provider_message_id, patient_id, meaning, received_at, handled_at)
    values (${uuidv7()}, ${uuidv7()}, ${ids.ana}, 'text', now() - interval '31 days', now() - make_interval(days => ${handled}))`;
  await Promise.all([reply(31), reply(29), reply(null)]);
  const session = (days: number) => owner`
    insert into sessions (id, user_id, kind, expires_at) values (${uuidv7()}, ${userId}, 'api', now() - make_interval(days => ${days}))`;
  await Promise.all([session(31), session(29)]);

  expect(await cleanUp(db, 30)).toBe(4);
  expect(await owner`select what, removed from retention_runs order by what`).toEqual([
    { what: "inbound_messages", removed: 1 },
    { what: "notifications", removed: 2 },
    { what: "sessions", removed: 1 },
  ]);
  const [audited] =
    await owner`select count(*)::int as count from audit_log where table_name = 'retention_runs' and job = 'housekeeping'`;
  expect(audited?.count).toBe(3);
  expect(await owner`select status from notifications order by status`).toEqual([
    { status: "pending" },
    { status: "sent" },
  ]);
  expect(await cleanUp(db, 30)).toBe(0);
  expect(await owner`select 1 from retention_runs`).toHaveLength(3);
});
