import postgres from "postgres";
import { connect, type Db } from "@/db/client";
import { GROUP } from "@/lib/notifications/deliver-messages";
import { LEASE_MS, type Messenger } from "@/lib/notifications/messenger";
import { SMS_AT_ONCE, sent } from "@/lib/notifications/providers/provider";
import { startOwnRabbit } from "@/scripts/services/rabbitmq";
import { identify } from "@/tests/support/identifiers";
import { clinicForMessages, zoneAtMidday } from "@/tests/support/visits";
import { startWorker } from "@/workers/worker";
import { bareQueue, paced } from "./bare-queue";
import { type BenchEnv, type BenchRow, percentile } from "./bench";
import { newDatabase } from "./new-database";

const DATABASE = "bench_reminders";
const PATIENTS = 200;
const PER_ROUND = 2_000;
const ROUNDS = 3;
/** The worker's own default. */
const CONCURRENCY = 4;

/** Reminders a second through RabbitMQ to a provider that does nothing, in turns with the least that a queue costs. */
export async function reminderRate({ url: base, owner }: BenchEnv): Promise<BenchRow[]> {
  const [{ url, drop }, rabbit] = await Promise.all([newDatabase(base, owner, DATABASE), startOwnRabbit()]);
  const own = postgres(url, { max: CONCURRENCY, onnotice: () => undefined });
  await addReminders(own, PER_ROUND * (ROUNDS + 1));
  const db = connect(url, { role: "worker", max: CONCURRENCY + 4, name: "slotwell-worker" });
  let tick: () => void = () => undefined;
  const worker = startWorker({
    ...{ db, messenger: idleMessenger(db, () => tick()), amqpUrl: rabbit.url, concurrency: CONCURRENCY },
  });
  // As many under way as ours has: each of its few events brings a group.
  const bare = await bareQueue(rabbit.url, own, CONCURRENCY * GROUP);
  const [ours, least, ratios]: [number[], number[], number[]] = [[], [], []];
  try {
    for (let round = 0; round <= ROUNDS; round++) {
      const bareRate = await bare.send(PER_ROUND);
      const done = paced(PER_ROUND);
      tick = done.tick;
      await own`update notifications set due_at = now() where id in (
        select id from notifications where status = 'pending' order by due_at, id limit ${PER_ROUND})`;
      const rate = await done.rate;
      // The first warms both up.
      if (round === 0) continue;
      ours.push(rate);
      least.push(bareRate);
      ratios.push(rate / bareRate);
    }
  } finally {
    await Promise.all([worker.stop(), bare.close()]);
    await Promise.all([db.close(), own.end({ timeout: 5 }), rabbit.dispose()]);
    await drop();
  }
  return [
    {
      area: "messages",
      name: "reminders through RabbitMQ",
      value: percentile(ours, 0.5),
      unit: "1/s",
      bare: { name: "bare publish, consume and one update", value: percentile(least, 0.5) },
      ratio: percentile(ratios, 0.5),
      target: { at: "least", ratio: 1 / 3 },
    },
  ];
}

/** Visits from tomorrow on, each with a reminder that is due some day. */
async function addReminders(owner: postgres.Sql, count: number): Promise<void> {
  const { locationId, doctorId, serviceId } = await clinicForMessages(owner);
  const patients = await owner<Array<{ id: string }>>`insert into patients (id, given_name, family_name, time_zone)
    select uuidv7(), 'P', n::text, ${zoneAtMidday()} from generate_series(1, ${PATIENTS}::int) n returning id`;
  for (const [n, { id }] of patients.entries()) await identify(owner, id, { phone: `+1212${5_000_000 + n}` });
  const ids = patients.map(({ id }) => id);
  await owner`insert into appointments (id, reference, status, service_id, doctor_id, location_id, patient_id, during, busy)
    select uuidv7(), 'B' || n, 'booked', ${serviceId}, ${doctorId}, ${locationId}, (${ids}::uuid[])[1 + n % ${PATIENTS}::int], span, span
    from generate_series(1, ${count}::int) n, lateral (select tstzrange(s, s + interval '30 minutes') as span
      from (select date_trunc('hour', now()) + interval '1 day' + n * interval '30 minutes' as s) t) r`;
  await owner`insert into notifications (id, kind, step, channel, appointment_id, appointment_version, patient_id, due_at)
    select uuidv7(), 'appointment.reminder', 'before_1440', 'sms', id, 1, patient_id, now() + interval '100 days' from appointments`;
  await owner`analyze`;
}

function idleMessenger(db: Db, onSend: () => void): Messenger {
  const send = async () => {
    onSend();
    return sent();
  };
  const key = Buffer.alloc(32, "bench");
  return {
    ...{
      db,
      clock: () => new Date(),
      leaseMs: LEASE_MS,
      appUrl: "https://clinic.example",
      mailFrom: "clinic@clinic.example",
    },
    ...{
      mail: { name: "none", atOnce: SMS_AT_ONCE, send, close: () => undefined },
      sms: { name: "none", atOnce: SMS_AT_ONCE, send },
      linkKey: async () => key,
    },
    turn: async () => true,
    issueToken: () => Promise.reject(new Error("the bench sends no links to accounts")),
  };
}
