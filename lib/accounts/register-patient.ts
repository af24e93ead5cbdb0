import { eq } from "drizzle-orm";
import { uuidv7 } from "uuidv7";
import { type Tx, withActor } from "@/db/client";
import { patients, users } from "@/db/schema";
import { clinicSettings } from "@/lib/clinic/settings";
import { ok, type Result, refuse } from "@/lib/domain/result";
import { sealNewPatient } from "@/lib/patients/new-identifiers";
import { normalizePhone } from "@/lib/patients/phone";
import { asSystem, type Context } from "@/lib/platform/context";
import { tokenHash } from "@/lib/platform/crypto";
import { enqueue } from "@/lib/platform/outbox";
import { limitRequest, tooMany } from "@/lib/platform/rate-limit";
import type { ClientInfo } from "@/lib/platform/request-info";
import { addConsent } from "@/lib/privacy/set-consent";
import { hashPassword } from "./password";
import { passwordRefusal } from "./password-refusal";
import type { RegisterPatientInput } from "./schemas";

type Refusal = "validation_failed" | "rate_limited";

/** The phone in E.164, null where none is given, undefined where it is none. `country` reads numbers without a prefix. */
const phoneOf = (phone: string | undefined, country: string | null): string | null | undefined =>
  phone ? (normalizePhone(phone, country) ?? undefined) : null;

function factRefusal(input: RegisterPatientInput, country: string | null, now: Date) {
  // A day's grace, as it is tomorrow already somewhere.
  const tomorrow = new Date(now.getTime() + 86_400_000).toISOString().slice(0, 10);
  if (input.dateOfBirth > tomorrow)
    return refuse("validation_failed", {
      errors: [{ path: "dateOfBirth", message: "is in the future" }],
      data: { reason: "future" },
    });
  if (phoneOf(input.phone, country) === undefined)
    return refuse("validation_failed", {
      errors: [{ path: "phone", message: "is not a phone number; begin with + and the country's code" }],
    });
  return passwordRefusal(input.password, [input.email, input.givenName, input.familyName]);
}

async function addPatient(
  tx: Tx,
  input: RegisterPatientInput,
  passwordHash: string,
  phone: string | null,
  now: Date,
): Promise<boolean> {
  const userId = uuidv7();
  const { email, givenName, familyName, dateOfBirth, timeZone, locale } = input;
  const added = await tx.db
    .insert(users)
    .values({
      id: userId,
      email,
      passwordHash,
      role: "patient",
      displayName: `${givenName} ${familyName}`,
      timeZone,
      locale,
    })
    .onConflictDoNothing({ target: users.email })
    .returning({ id: users.id });
  if (added.length === 0) return false;
  const patientId = uuidv7();
  const sealed = await sealNewPatient(tx, { id: patientId, email, phone });
  await tx.db
    .insert(patients)
    .values({ id: patientId, userId, givenName, familyName, dateOfBirth, timeZone, locale, ...sealed });
  const notice = { patientId, kind: "privacy_notice", given: true } as const;
  await addConsent(tx, notice, { place: "registration", byUserId: userId, at: now });
  await enqueue(tx, { topic: "account.verification_requested", payload: { userId } });
  return true;
}

/** The owner of the address hears of it by mail; who asked hears nothing. */
async function tellOwner(tx: Tx, email: string): Promise<void> {
  const [known] = await tx.db.select().from(users).where(eq(users.email, email));
  if (!known || known.disabledAt) return;
  const waiting = known.passwordHash !== null && known.emailVerifiedAt === null;
  const topic = waiting ? "account.verification_requested" : "account.already_registered";
  await enqueue(tx, { topic, payload: { userId: known.id } });
}

/**
 * Registers a patient's account, to be verified by mail. The answer is the same whether or not the address is known; the first
 * registration stands, so nobody can slip a password under an address that somebody else is about to verify.
 */
export async function registerPatient(
  ctx: Context,
  input: RegisterPatientInput,
  { address }: Pick<ClientInfo, "address">,
): Promise<Result<undefined, Refusal>> {
  const { country } = await clinicSettings(ctx.db);
  const refusal = factRefusal(input, country, ctx.now);
  if (refusal) return refusal;
  const limit = await limitRequest("sign_ups", address);
  if (!limit.allowed)
    return tooMany(limit, "Enough accounts were registered from here today. Please call the clinic.", "sign_ups_full");
  const phone = phoneOf(input.phone, country) ?? null;
  // Also for a known address, so that the time tells nothing.
  const passwordHash = await hashPassword(input.password);
  const mayMail = await limitRequest("reset", `register:${tokenHash(input.email.toLowerCase())}`);
  await withActor(asSystem(ctx, "accounts"), async (tx) => {
    const isNew = await addPatient(tx, input, passwordHash, phone, ctx.now);
    if (!isNew && mayMail.allowed) await tellOwner(tx, input.email);
  });
  return ok();
}
