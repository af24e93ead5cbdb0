"use server";

import { refresh } from "next/cache";
import { redirect } from "next/navigation";
import { z } from "zod";
import { liftStop } from "@/lib/notifications/stops";
import { createPatient } from "@/lib/patients/create-patient";
import { grantProxy } from "@/lib/patients/grant-proxy";
import { revokeProxy } from "@/lib/patients/revoke-proxy";
import { createPatientInput, grantProxyInput, revokeProxyInput, updatePatientInput } from "@/lib/patients/schemas";
import { updatePatient } from "@/lib/patients/update-patient";
import { formAction } from "@/lib/platform/action";
import { setConsent } from "@/lib/privacy/set-consent";

const WORDS = { messages: "patients" };
const STAFF = ["doctor", "receptionist", "admin"] as const;
/** An emptied field of a form is left out of it; for a correction that means: take away what was there. */
const clearable = { dateOfBirth: null, email: null, phone: null, address: null };

export const registerPatientAction = formAction(
  STAFF,
  createPatientInput,
  async (ctx, input) => {
    const created = await createPatient(ctx, input);
    if (!created.ok) return created;
    const { id, possibleDuplicates } = created.value;
    const alike = possibleDuplicates.map((patient) => patient.id).join(",");
    redirect(`/patients/${id}?done=registered${alike ? `&alike=${alike}` : ""}`);
  },
  WORDS,
);

export const updatePatientAction = formAction(
  STAFF,
  updatePatientInput.extend({ expectedVersion: z.coerce.number().int().min(1).optional() }),
  async (ctx, input) => {
    const updated = await updatePatient(ctx, { ...clearable, ...input });
    return updated.ok ? redirect(`/patients/${input.id}?done=saved`) : updated;
  },
  WORDS,
);

export const liftStopAction = formAction(
  ["receptionist", "admin"],
  z.strictObject({ patientId: z.uuid(), channel: z.enum(["email", "sms"]) }),
  async (ctx, input) => {
    const lifted = await liftStop(ctx, input);
    if (lifted.ok) refresh();
    return lifted;
  },
  WORDS,
);

/** What the patient said at the desk or on the telephone. */
export const setRecallConsentAction = formAction(
  ["receptionist", "admin"],
  z.strictObject({ patientId: z.uuid(), given: z.enum(["true", "false"]) }),
  async (ctx, { patientId, given }) => {
    const set = await setConsent(ctx, { patientId, kind: "recalls", given: given === "true" });
    if (!set.ok) return set;
    refresh();
    return { ok: true, value: undefined };
  },
  WORDS,
);

export const grantProxyAction = formAction(
  ["receptionist", "admin"],
  grantProxyInput.omit({ validUntil: true }),
  async (ctx, input) => {
    const granted = await grantProxy(ctx, input);
    if (!granted.ok) return granted;
    refresh();
    return { ok: true, value: { name: granted.value.name } };
  },
  WORDS,
);

export const revokeProxyAction = formAction(
  ["receptionist", "admin"],
  revokeProxyInput,
  async (ctx, input) => {
    const revoked = await revokeProxy(ctx, input);
    if (revoked.ok) refresh();
    return revoked;
  },
  WORDS,
);
