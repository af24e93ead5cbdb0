import { type Tx, withActor } from "@/db/client";
import type { UserActor } from "@/lib/domain/actor";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { enqueue } from "@/lib/platform/outbox";
import { mayKeepAccount } from "@/lib/platform/permissions";
import type { Channel } from "./ledger";
import type { PutPreferencesInput } from "./schemas";
import type { PreferencesView } from "./views";

const CHANNELS = ["email", "sms"] as const satisfies readonly Channel[];

/** How the caller wishes to be written to. */
export async function getPreferences(ctx: Context): Promise<Result<PreferencesView, "forbidden">> {
  const { actor } = ctx;
  if (!mayKeepAccount(actor)) return refuse("forbidden");
  return withActor(ctx, async (tx) => ok(await read(tx, actor)));
}

/** Changes what is given. Reminders of visits that are booked are planned anew; switching a channel on lifts a STOP. */
export async function putPreferences(
  ctx: Context,
  input: PutPreferencesInput,
): Promise<Result<PreferencesView, "forbidden">> {
  const { actor } = ctx;
  if (!mayKeepAccount(actor)) return refuse("forbidden");
  return withActor(ctx, async (tx) => {
    const before = await read(tx, actor);
    const leads = input.leadMinutes === undefined ? before.leadMinutes : input.leadMinutes;
    const quiet = input.quietHours === undefined ? before.quietHours : input.quietHours;
    for (const channel of CHANNELS) {
      const wish = input.channels?.[channel];
      await tx.pg`
        insert into notification_preferences (user_id, channel, enabled, lead_minutes, quiet_from, quiet_until)
        values (${actor.userId}, ${channel}, ${wish ?? true}, ${leads}, ${quiet?.from ?? null}, ${quiet?.until ?? null})
        on conflict (user_id, channel) do update set enabled = coalesce(${wish ?? null}::boolean, notification_preferences.enabled),
          lead_minutes = excluded.lead_minutes, quiet_from = excluded.quiet_from, quiet_until = excluded.quiet_until, updated_at = ${ctx.now}`;
      if (wish && actor.patientId)
        await tx.pg`delete from channel_stops where patient_id = ${actor.patientId} and channel = ${channel}`;
    }
    if (input.language) await tx.pg`update users set locale = ${input.language} where id = ${actor.userId}`;
    await enqueue(tx, { topic: "account.preferences_changed", payload: { userId: actor.userId } });
    return ok(await read(tx, actor));
  });
}

type Row = {
  channel: Channel;
  enabled: boolean;
  stopped: boolean;
  leadMinutes: number[] | null;
  from: string | null;
  until: string | null;
  language: string;
  timeZone: string | null;
};

async function read({ pg }: Tx, { userId, patientId }: UserActor): Promise<PreferencesView> {
  const rows = await pg<Row[]>`
    select c.channel, coalesce(f.enabled, true) as enabled, s.channel is not null as stopped, f.lead_minutes as "leadMinutes",
      to_char(f.quiet_from, 'HH24:MI') as from, to_char(f.quiet_until, 'HH24:MI') as until, u.locale as language,
      coalesce((select p.time_zone from patients p where p.id = ${patientId}::uuid), u.time_zone) as "timeZone"
    from users u cross join (values ('email'), ('sms')) as c (channel)
    left join notification_preferences f on f.user_id = u.id and f.channel = c.channel
    left join channel_stops s on s.patient_id = ${patientId}::uuid and s.channel = c.channel
    where u.id = ${userId} order by c.channel`;
  const [email, sms] = rows;
  if (!email || !sms) throw new Error("an account that asks cannot be read");
  return {
    channels: { email: email.enabled && !email.stopped, sms: sms.enabled && !sms.stopped },
    stopped: rows.filter((row) => row.stopped).map((row) => row.channel),
    leadMinutes: email.leadMinutes,
    quietHours: email.from !== null && email.until !== null ? { from: email.from, until: email.until } : null,
    language: email.language,
    timeZone: email.timeZone,
  };
}
