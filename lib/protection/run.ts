import { type Db, type Tx, withActor } from "@/db/client";
import { systemContext } from "@/lib/platform/context";

/** How long work over everything that is sealed may take, and who hears of it. */
export type RunOptions = {
  /** Told of each step. */
  progress?: (what: string, done: number) => void;
  /** Asked between batches; what is done stays done, and the next run goes on from there. */
  isStopped?: () => boolean;
  /** A key is thrown away once it has been out of use for longer than any transaction lasts. */
  graceMs?: number;
};

export type Run = Required<RunOptions> & { as: <T>(work: (tx: Tx) => Promise<T>) => Promise<T> };

const GRACE_MS = 60_000;

export const runOf = (db: Db, job: string, options: RunOptions): Run => ({
  as: (work) => withActor({ ...systemContext(db, job, new Date()), beforeCommit: undefined }, work),
  progress: options.progress ?? (() => {}),
  isStopped: options.isStopped ?? (() => false),
  graceMs: options.graceMs ?? GRACE_MS,
});

/** Waits, a quarter of a second at a time; false where it was stopped meanwhile. */
export async function pause({ isStopped }: Run, waitMs: number): Promise<boolean> {
  for (let waited = 0; waited < waitMs; waited += 250) {
    if (isStopped()) return false;
    await new Promise((resolve) => setTimeout(resolve, Math.min(250, waitMs - waited)));
  }
  return !isStopped();
}
