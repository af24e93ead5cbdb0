"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { formAction } from "@/lib/platform/action";
import { dateField } from "@/lib/platform/fields";
import { erasePatient } from "@/lib/privacy/erase-patient";
import { refuseErasure } from "@/lib/privacy/erasure-requests";
import { endHold, setHold } from "@/lib/privacy/legal-holds";
import { erasePatientInput, refuseErasureInput, setHoldInput } from "@/lib/privacy/schemas";

const ADMIN = ["admin"] as const;
const WORDS = { messages: "privacy" };

/** Cannot be taken back, so it asks who it is. */
export const erasePatientAction = formAction(
  ADMIN,
  erasePatientInput,
  async (ctx, input) => {
    const erased = await erasePatient(ctx, input);
    return erased.ok ? redirect(`/admin/privacy/${input.patientId}?done=erased`) : erased;
  },
  { ...WORDS, stepUp: true },
);

export const refuseErasureAction = formAction(
  ADMIN,
  refuseErasureInput,
  async (ctx, input) => {
    const refused = await refuseErasure(ctx, input);
    return refused.ok ? redirect(`/admin/privacy/${refused.value.patientId}?done=refused`) : refused;
  },
  WORDS,
);

/** Until the end of a day, where one is named. */
export const setHoldAction = formAction(
  ADMIN,
  setHoldInput.extend({ until: dateField.optional() }),
  async (ctx, { until, ...input }) => {
    const held = await setHold(ctx, { ...input, until: until ? `${until}T23:59:59Z` : null });
    return held.ok ? redirect(`/admin/privacy/${input.patientId}?done=held`) : held;
  },
  WORDS,
);

export const endHoldAction = formAction(
  ADMIN,
  z.strictObject({ id: z.uuid(), patientId: z.uuid() }),
  async (ctx, { id, patientId }) => {
    const ended = await endHold(ctx, { id });
    return ended.ok ? redirect(`/admin/privacy/${patientId}?done=ended`) : ended;
  },
  WORDS,
);
