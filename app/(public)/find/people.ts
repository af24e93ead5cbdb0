import "server-only";
import { getTranslations } from "next-intl/server";
import { patientVisits } from "@/lib/appointments/visit-lists";
import { representedPatients } from "@/lib/patients/queries";
import type { Context } from "@/lib/platform/context";

export type BookablePerson = { id: string; name: string; relationship: string };

/** Those for whom the signed-in patient's account may book, itself first; nobody for visitors and staff. */
export async function bookablePeople(ctx: Context): Promise<BookablePerson[]> {
  if (ctx.actor.kind !== "user" || ctx.actor.role !== "patient") return [];
  const [people, t] = await Promise.all([representedPatients(ctx), getTranslations("family.relationship")]);
  return people
    .filter(({ capabilities }) => capabilities.includes("book"))
    .map(({ id, name, relationship }) => ({
      id,
      name,
      relationship: t.has(relationship) ? t(relationship) : t("other"),
    }));
}

/** Whether anybody of the account has been here before: then the first question is answered already. */
export async function hasBeenHere(ctx: Context): Promise<boolean> {
  if (ctx.actor.kind !== "user" || ctx.actor.role !== "patient") return false;
  const past = await patientVisits(ctx, { when: "past", limit: 1 });
  return past.ok && past.value.items.length > 0;
}
