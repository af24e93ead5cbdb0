import { withActor } from "@/db/client";
import { offerNearest } from "@/lib/appointments/nearest";
import type { SlotView } from "@/lib/availability/views";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { capabilitiesOf, judgeKeeping } from "./may-keep";
import type { WaitlistIdInput } from "./schemas";

export type OfferLook = {
  /** `over`: let go, run out, or taken by somebody else. */
  state: "open" | "accepted" | "over";
  serviceId: string;
  patientId: string;
  /** The visit that was to move. */
  earlierThanId: string | null;
  /** Of one that is over, up to three other times near it. */
  nearest: SlotView[];
};

type Row = Omit<OfferLook, "nearest"> & { doctorId: string; start: Date };

/** What whoever follows an offer's link finds. It changes nothing. */
export async function lookAtOffer(
  ctx: Context,
  { id }: WaitlistIdInput,
): Promise<Result<OfferLook, "not_found" | "forbidden">> {
  const found = await withActor(ctx, async (tx): Promise<Result<Row, "not_found" | "forbidden">> => {
    const [row] = await tx.pg<Row[]>`
      select case when o.status = 'accepted' then 'accepted' when o.status = 'open' and o.expires_at > ${ctx.now} then 'open' else 'over' end as state,
        e.service_id as "serviceId", o.patient_id as "patientId", e.earlier_than_id as "earlierThanId", o.doctor_id as "doctorId", o.starts_at as start
      from waitlist_offers o join waitlist_entries e on e.id = o.entry_id where o.id = ${id}`;
    if (!row) return refuse("not_found");
    const who = judgeKeeping(ctx, { ...row, capabilities: await capabilitiesOf(tx, ctx, row.patientId) });
    return who.ok ? ok(row) : who;
  });
  if (!found.ok) return found;
  const { doctorId, start, ...look } = found.value;
  if (look.state !== "over") return ok({ ...look, nearest: [] });
  const late = await offerNearest(ctx, { serviceId: look.serviceId, doctorId, start }, refuse("slot_unavailable"));
  return ok({ ...look, nearest: late.ok ? [] : ((late.data?.nearest ?? []) as SlotView[]) });
}
