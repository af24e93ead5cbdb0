"use server";

import { refresh } from "next/cache";
import { formAction } from "@/lib/platform/action";
import { noteAsked } from "@/lib/recalls/note-asked";
import { noteAskedInput } from "@/lib/recalls/schemas";

/** Somebody was asked on the telephone; they are off the list until the recall's months have gone by. */
export const noteAskedAction = formAction(["receptionist", "admin"], noteAskedInput, async (ctx, input) => {
  const noted = await noteAsked(ctx, input);
  if (noted.ok) refresh();
  return noted;
});
