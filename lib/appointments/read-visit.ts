import type { Tx } from "@/db/client";
import type { Context } from "@/lib/platform/context";
import { type AppointmentView, appointmentView, type DetailsRow } from "./views";

/** The visit as it is, for a verb that has nothing to change; the caller has locked it. */
export async function readVisitView(tx: Tx, ctx: Context, id: string): Promise<AppointmentView> {
  const [row] = await tx.pg<DetailsRow[]>`select * from appointment_details where id = ${id}`;
  if (!row) throw new Error("a locked visit cannot be read");
  return appointmentView(row, ctx.actor);
}
