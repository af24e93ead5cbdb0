"use server";

import { refresh } from "next/cache";
import { deleteException } from "@/lib/doctors/delete-exception";
import { putSchedule } from "@/lib/doctors/put-schedule";
import { saveException } from "@/lib/doctors/save-exception";
import { deleteExceptionForm, exceptionForm, hoursForm } from "@/lib/doctors/schedule-forms";
import type { Result } from "@/lib/domain/result";
import { formAction } from "@/lib/platform/action";

// For all staff; the verbs say whose hours are whose.
const STAFF = ["doctor", "receptionist", "admin"] as const;
const words = { messages: "hours" };

/** The page below the form shows what is true now, also where the change was refused. */
function shownAnew<T>(result: Result<T>): Result<null> {
  refresh();
  return result.ok ? { ok: true, value: null } : result;
}

export const saveHoursAction = formAction(
  STAFF,
  hoursForm,
  async (ctx, { doctorId, version, rules }) => {
    const result = await putSchedule(ctx, { doctorId, expectedVersion: version, rules });
    return result.ok ? shownAnew(result) : result;
  },
  words,
);

export const addExceptionAction = formAction(
  STAFF,
  exceptionForm,
  async (ctx, form) => {
    const result = await saveException(ctx, form);
    return result.ok ? shownAnew(result) : result;
  },
  words,
);

export const deleteExceptionAction = formAction(
  STAFF,
  deleteExceptionForm,
  async (ctx, input) => shownAnew(await deleteException(ctx, input)),
  words,
);
