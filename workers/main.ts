import { issueAccountToken } from "@/lib/accounts/issue-account-token";
import { sweepExpiredHolds } from "@/lib/appointments/sweep-expired-holds";
import { LEASE_MS, type Messenger } from "@/lib/notifications/messenger";
import { mailProvider, smsProvider } from "@/lib/notifications/providers";
import { pacedBy } from "@/lib/notifications/providers/pace";
import { authSecret } from "@/lib/platform/auth-secret";
import { systemContext } from "@/lib/platform/context";
import { deriveKey } from "@/lib/platform/crypto";
import { openDatabase } from "@/lib/platform/db";
import { type Env, env } from "@/lib/platform/env";
import { guardConsole } from "@/lib/platform/guard-console";
import { log } from "@/lib/platform/logger";
import { reasonOf } from "@/lib/platform/reason";
import { authorityIn } from "@/lib/platform/tls";
import { removeErasedFiles } from "@/lib/privacy/remove-erased-files";
import { keysFault } from "@/lib/protection/keys-fault";
import { expireOffers } from "@/lib/waitlist/expire-offers";
import { auditJobs } from "./audit-jobs";
import { followUpJobs } from "./follow-up-jobs";
import type { Job } from "./schedule";
import { startWorker } from "./worker";

/** What has begun must end within this, or the process ends without it: leases and the broker bring the work back. */
const STOP_WITHIN_MS = 25_000;

function settings(): Env {
  try {
    return env();
  } catch (error) {
    console.error(reasonOf(error));
    process.exit(1);
  }
}

async function main(): Promise<void> {
  const { AMQP_URL, AMQP_CA_FILE, WORKER_CONCURRENCY, SLOTWELL_MODE, appUrl, MAIL_FROM } = settings();
  const db = openDatabase(env(), "worker", { max: WORKER_CONCURRENCY + 4, name: "slotwell-worker" });
  const keys = await keysFault(db).catch(() => null);
  if (keys) {
    console.error(keys);
    process.exit(1);
  }
  guardConsole();
  const messenger: Messenger = {
    db,
    clock: () => new Date(),
    mail: mailProvider(env()),
    sms: smsProvider(env()),
    turn: pacedBy({ email: env().MAIL_PER_SECOND, sms: env().SMS_PER_SECOND }),
    issueToken: (userId, purpose) => issueAccountToken(systemContext(db, "notifications", new Date()), userId, purpose),
    linkKey: async () => deriveKey(await authSecret(db), "message-links"),
    appUrl,
    mailFrom: MAIL_FROM,
    leaseMs: LEASE_MS,
  };
  const sweepHolds: Job = { name: "sweep expired holds", everyMs: 15_000, run: () => sweep() };
  const sweep = async () => {
    const swept = await sweepExpiredHolds(systemContext(db, "sweep_holds", new Date()));
    return swept.ok ? swept.value : 0;
  };
  // What a process that ended in the middle of an erasure has left; the keys are gone already.
  const removeFiles: Job = {
    name: "remove files of the erased",
    everyMs: 3_600_000,
    run: () => removeErasedFiles(systemContext(db, "remove-erased-files", new Date())),
  };
  const expireWaitlist: Job = {
    name: "expire offers",
    everyMs: 5_000,
    run: async () => {
      const ended = await expireOffers(systemContext(db, "waitlist", new Date()));
      return ended.ok ? ended.value : 0;
    },
    batch: 100,
  };
  const worker = startWorker({
    db,
    messenger,
    amqpUrl: AMQP_URL,
    amqpCa: authorityIn(AMQP_CA_FILE),
    concurrency: WORKER_CONCURRENCY,
    jobs: [sweepHolds, expireWaitlist, removeFiles, ...followUpJobs(messenger), ...auditJobs(db)],
  });

  if (SLOTWELL_MODE === "production")
    for (const [channel, { name: provider }] of [
      ["email", messenger.mail],
      ["sms", messenger.sms],
    ] as const)
      if (provider === "files")
        log.warn("no provider: messages are written as files and reach nobody", { channel, provider });
  log.info("worker started", { mode: SLOTWELL_MODE, queue: AMQP_URL ? "broker" : "outbox" });

  let isStopping = false;
  const stop = (signal: NodeJS.Signals) => {
    if (isStopping) return;
    isStopping = true;
    log.info("worker stops", { signal });
    setTimeout(() => {
      log.warn("worker ends with work unfinished", { signal });
      process.exit(1);
    }, STOP_WITHIN_MS).unref();
    void worker
      .stop()
      .then(() => db.close())
      .then(() => process.exit(0));
  };
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, stop);
  process.on("unhandledRejection", (error) => {
    log.error("unhandled rejection", error);
    process.exit(1);
  });
}

await main();
