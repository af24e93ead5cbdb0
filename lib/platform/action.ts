import "server-only";
import { unstable_rethrow } from "next/navigation";
import { getTranslations } from "next-intl/server";
import type { z } from "zod";
import type { Role, UserActor } from "@/lib/domain/actor";
import { type FieldError, type Refused, type Result, refuse } from "@/lib/domain/result";
import { type FormState, formInput, formValues } from "./action-state";
import type { Context } from "./context";
import { databaseRefusal } from "./database-faults";
import { log } from "./logger";
import { admitsRole } from "./permissions";
import { limitRequest, tooMany } from "./rate-limit";
import { noteRefusedPost } from "./refused-post";
import { requestClient, sessionContext } from "./request";
import { enrolmentRefusal, stepUpRefusal } from "./step-up";
import { fieldErrors } from "./zod-errors";

/** Who may call: anyone, any account, or accounts of these roles. */
export type Access = "public" | "signed_in" | readonly Role[];
/** The context of an action: signed in wherever its access says so. */
type ActionContext<A extends Access> = A extends "public" ? Context : Context & { actor: UserActor };

/** What more an action asks of its caller, or less. */
export type Demands = {
  /** A sign-in of the last minutes: for what cannot be taken back, or hands out much at once. */
  stepUp?: true;
  /** Also for staff who have yet to set up their second factor. */
  whileEnrolling?: true;
};

function admit(access: Access, { stepUp, whileEnrolling }: Demands, ctx: Context): Refused | null {
  const { actor, now, requestId } = ctx;
  if (actor.kind !== "user" && access !== "public") return refuse("unauthenticated");
  const isListed = typeof access === "string" || admitsRole(access, actor);
  if (!isListed) {
    if (actor.kind === "user") log.warn("function refused", { requestId, userId: actor.userId, role: actor.role });
    return refuse("forbidden");
  }
  return (whileEnrolling ? null : enrolmentRefusal(actor)) ?? (stepUp ? stepUpRefusal(actor, now) : null);
}

async function withinLimit({ actor }: Context): Promise<Refused<"rate_limited"> | null> {
  const who = actor.kind === "user" ? actor.userId : (await requestClient()).address;
  const limit = await limitRequest("write", who);
  return limit.allowed ? null : tooMany(limit);
}

/** Everything that stands before an action's work; what the work throws becomes a refusal that tells nothing. */
async function guarded<T>(
  access: Access,
  demands: Demands,
  work: (ctx: Context) => Promise<Result<T>>,
): Promise<Result<T>> {
  try {
    const ctx = await sessionContext();
    const refused = admit(access, demands, ctx) ?? (await withinLimit(ctx));
    return refused ?? (await work(ctx));
  } catch (error) {
    // Next's own signals: redirect, not found, forbidden.
    unstable_rethrow(error);
    const fault = databaseRefusal(error) ?? refuse("internal_error");
    log.error("action failed", error, { code: fault.code });
    return fault;
  }
}

/** An action that components call with a value. Permission and schema stand in front of `handler`, however it is called. */
export function action<A extends Access, S extends z.ZodType, T>(
  access: A,
  schema: S,
  handler: (ctx: ActionContext<A>, input: z.output<S>) => Promise<Result<T>>,
  demands: Demands = {},
): (input: unknown) => Promise<Result<T>> {
  return (input) =>
    guarded(access, demands, async (ctx) => {
      const parsed = schema.safeParse(input);
      if (!parsed.success) return refuse("validation_failed", { errors: fieldErrors(parsed.error) });
      return handler(ctx as ActionContext<A>, parsed.data);
    });
}

type FormOptions = Demands & {
  /** Message namespace with the form's own words: `errors.<path>.<kind>` and `refusals.<code>`. */
  messages?: string;
};

/**
 * An action for `<form action>` with `useActionState`; the form also works before JavaScript has loaded. `handler` gets the
 * parsed form (see `formInput`) and may `redirect`.
 */
export function formAction<A extends Access, S extends z.ZodType, T>(
  access: A,
  schema: S,
  handler: (ctx: ActionContext<A>, input: z.output<S>, form: FormData) => Promise<Result<T>>,
  options: FormOptions = {},
): (state: FormState<T>, form: FormData) => Promise<FormState<T>> {
  return async (_state, form) => {
    let kinds: string[] = [];
    const result = await guarded(access, options, async (ctx) => {
      const sent = formInput(form);
      const parsed = schema.safeParse(sent);
      if (parsed.success) return handler(ctx as ActionContext<A>, parsed.data, form);
      kinds = parsed.error.issues.flatMap((issue) => kindsOf(issue, sent));
      return refuse("validation_failed", { errors: fieldErrors(parsed.error) });
    });
    const values = formValues(form);
    if (result.ok) return { status: "done", code: null, detail: null, errors: [], values, value: result.value };
    await noteRefusedPost();
    const words = await inWords(result, kinds, options.messages);
    return { status: "refused", values, ...words, errors: inFormOrder(words.errors, form) };
  };
}

/** What kind of wrong each error of `fieldErrors` is, in the same order: `required`, `too_small`, `invalid_format` ... */
function kindsOf(issue: z.core.$ZodIssue, sent: unknown): string[] {
  if (issue.code === "unrecognized_keys") return issue.keys.map(() => "unrecognized");
  let value = sent;
  for (const key of issue.path) value = (value as Record<PropertyKey, unknown> | null | undefined)?.[key];
  return [value === undefined ? "required" : issue.code];
}

type Translator = { (key: string, values?: Record<string, string | number>): string; has: (key: string) => boolean };

/** A refusal in the reader's language: the form's own words first, then the general ones, then what the verb said. */
async function inWords(refusal: Refused, kinds: string[], namespace: string | undefined) {
  const general = (await getTranslations("form")) as unknown as Translator;
  const own = namespace ? ((await getTranslations(namespace)) as unknown as Translator) : null;
  const say = (keys: string[]): string | null => {
    for (const t of [own, general]) for (const key of keys) if (t?.has(key)) return t(key, numbersOf(refusal.data));
    return null;
  };
  const reason = typeof refusal.data?.reason === "string" ? refusal.data.reason : null;
  const errors: FieldError[] = (refusal.errors ?? []).map(({ path, message }, index) => {
    const field = path.replace(/\.\d+(?=\.|$)/g, "");
    const kind = kinds[index] ?? reason ?? "invalid";
    const words = say([`errors.${field}.${kind}`, `errors.${field}.invalid`]);
    return { path, message: words ?? (kinds[index] === "required" ? general("errors.required") : message) };
  });
  const detail =
    say([...(reason ? [`refusals.${reason}`] : []), `refusals.${refusal.code}`]) ??
    refusal.detail ??
    general("refusals.other");
  const whole = { path: "", message: detail, ...(refusal.code === "unauthenticated" ? { signIn: true as const } : {}) };
  const shown = errors.length > 0 ? errors : [whole];
  return { code: refusal.code, detail, errors: firstPerField(shown), data: refusal.data };
}

const numbersOf = (data: Record<string, unknown> = {}) =>
  Object.fromEntries(
    Object.entries(data).filter((entry): entry is [string, string | number] =>
      ["string", "number"].includes(typeof entry[1]),
    ),
  );

/** Errors in the order in which the fields stand on the page; what is about no field comes first. */
function inFormOrder(errors: FieldError[], form: FormData): FieldError[] {
  const names = [...form.keys()];
  const place = ({ path }: FieldError) =>
    path === "" ? -1 : names.findIndex((name) => name === path || name === `${path}[]` || name.startsWith(`${path}-`));
  return [...errors].sort((a, b) => place(a) - place(b));
}

/** One thing to mend at a time for each field. */
const firstPerField = (errors: FieldError[]) =>
  errors.filter((error, index) => errors.findIndex((other) => other.path === error.path) === index);
