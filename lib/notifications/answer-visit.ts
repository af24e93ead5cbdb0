import type { Tx } from "@/db/client";
import { setActor, withActor } from "@/db/client";
import { cancelAppointment } from "@/lib/appointments/cancel-appointment";
import { confirmAppointment } from "@/lib/appointments/confirm-appointment";
import { getVisit } from "@/lib/appointments/get-appointment";
import type { Actor } from "@/lib/domain/actor";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { asSystem, type Context } from "@/lib/platform/context";

type Answer = {
  appointmentId: string;
  act: "confirm" | "cancel";
  /** The account that the message went to; null for a patient without one. */
  userId: string | null;
};
export type AnswerRefusal = "not_found" | "policy_refused" | "invalid_transition" | "forbidden" | "conflict";

/** What is written with the act, in its transaction; it throws `Spent` where the act must not be after all. */
type WithIt = (tx: Tx) => Promise<void>;

/** The link or the answer has been used in the same moment. */
export class Spent extends Error {
  override name = "Spent";
}

/**
 * Confirms or cancels a visit for whoever holds a message about it: as the account that it went to, by the same rules as on the visit's
 * page; as our own job for a patient without one, within the service's cut-off.
 */
export async function answerVisit(
  ctx: Context,
  answer: Answer,
  withIt?: WithIt,
): Promise<Result<undefined, AnswerRefusal>> {
  const actor = await actorOf(ctx, answer.userId);
  const acting: Context = { ...ctx, actor, ...(withIt ? { beforeCommit: (tx) => asJob(tx, ctx, withIt) } : {}) };
  if (actor.kind === "system" && answer.act === "cancel") {
    const visit = await getVisit({ ...ctx, actor }, { id: answer.appointmentId });
    if (!visit.ok) return refuse("not_found");
    if (Date.parse(visit.value.cancelUntil) < ctx.now.getTime()) return refuse("policy_refused");
  }
  try {
    const verb = answer.act === "confirm" ? confirmAppointment : cancelAppointment;
    const done = await verb(acting, { id: answer.appointmentId });
    if (done.ok) return ok();
    const { code } = done;
    return refuse(
      code === "policy_refused" || code === "invalid_transition" || code === "forbidden" ? code : "not_found",
    );
  } catch (error) {
    if (error instanceof Spent) return refuse("conflict");
    throw error;
  }
}

/** Links and answers are our own jobs' to keep, whoever acts. */
async function asJob(tx: Tx, ctx: Context, withIt: WithIt): Promise<void> {
  await setActor(tx.pg, { kind: "system", job: "answers" }, ctx.requestId);
  await withIt(tx);
}

async function actorOf(ctx: Context, userId: string | null): Promise<Actor> {
  const job = asSystem(ctx, "answers");
  if (!userId) return job.actor;
  const [user] = await withActor(
    job,
    ({ pg }) => pg<Array<{ patientId: string | null }>>`
      select p.id as "patientId" from users u left join patients p on p.user_id = u.id
      where u.id = ${userId} and u.role = 'patient' and u.disabled_at is null`,
  );
  if (!user) return { kind: "anonymous" };
  return { kind: "user", userId, role: "patient", sessionId: ctx.requestId, patientId: user.patientId, doctorId: null };
}
