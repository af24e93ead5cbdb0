import { withActor } from "@/db/client";
import type { Role } from "@/lib/domain/actor";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { mayKeepAccount } from "@/lib/platform/permissions";
import type { MeView } from "./views";

type Account = { id: string; email: string; name: string; role: Role };
type Person = MeView["patients"][number];

/** The caller's account, and the patients it may act for: itself first, then those it is a proxy of. */
export async function getMe(ctx: Context): Promise<Result<MeView, "forbidden">> {
  const { actor, now } = ctx;
  if (!mayKeepAccount(actor)) return refuse("forbidden");
  return withActor(ctx, async ({ pg }) => {
    const [accounts, patients] = await Promise.all([
      pg<Account[]>`select id, email::text as email, display_name as name, role from users where id = ${actor.userId}`,
      pg<Person[]>`
        select p.id, p.given_name || ' ' || p.family_name as name, 'self' as relationship, 0 as rank
        from patients p where p.user_id = ${actor.userId}
        union all
        select p.id, p.given_name || ' ' || p.family_name, x.relationship, 1
        from patient_proxies x join patients p on p.id = x.patient_id
        where x.user_id = ${actor.userId} and x.revoked_at is null and (x.valid_until is null or x.valid_until > ${now})
        order by rank, name, id`,
    ]);
    const account = accounts[0];
    if (!account) return refuse("forbidden");
    return ok({ ...account, patients: patients.map(({ id, name, relationship }) => ({ id, name, relationship })) });
  });
}
