import type { Tx } from "@/db/client";
import { type Refused, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { may } from "@/lib/platform/permissions";

type Whose = { patientId: string; capabilities: string[] | null };

/** What the caller's grant of a patient says; null where they are no proxy. */
export const capabilitiesOf = async ({ pg }: Tx, { actor, now }: Context, patientId: string) => {
  if (actor.kind !== "user") return null;
  const [grant] = await pg<{ capabilities: string[] }[]>`
    select capabilities from patient_proxies where patient_id = ${patientId} and user_id = ${actor.userId} and revoked_at is null
      and (valid_until is null or valid_until > ${now})`;
  return grant?.capabilities ?? null;
};

/** A stranger learns nothing; who only looks on may not change what they see. */
export function judgeKeeping({ actor }: Context, whose: Whose): { ok: true } | Refused<"not_found" | "forbidden"> {
  if (may(actor, "waitlist.keep", whose)) return { ok: true };
  return refuse(may(actor, "waitlist.read", whose) ? "forbidden" : "not_found");
}
