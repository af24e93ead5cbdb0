"use server";

import { redirect } from "next/navigation";
import { z } from "zod";
import { formAction } from "@/lib/platform/action";
import { saveRecall } from "@/lib/recalls/save-recall";
import { saveRecallInput } from "@/lib/recalls/schemas";

/** A box that is ticked is sent, one that is not is left out. */
const box = z
  .literal("on")
  .optional()
  .transform((sent) => sent === "on");

export const saveRecallAction = formAction(
  ["admin"],
  saveRecallInput.extend({
    active: box,
    countsAnyVisit: z.enum(["any", "service"]).transform((what) => what === "any"),
    expectedVersion: z.coerce.number().int().min(1).optional(),
  }),
  async (ctx, input) => {
    const saved = await saveRecall(ctx, input);
    return saved.ok ? redirect(`/admin/recalls?done=${input.id ? "saved" : "created"}`) : saved;
  },
  { messages: "admin" },
);
