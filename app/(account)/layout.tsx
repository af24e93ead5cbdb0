import type { ReactNode } from "react";
import { PortalShell } from "@/app/(patient)/_portal/portal-shell";
import { signOutAction } from "@/app/(public)/sign-in/actions";
import { StaffLayout } from "@/app/staff-layout";
import { readTheme } from "@/app/theme";
import { ClientMessages } from "@/components/shell/client-messages";
import { PatientShell } from "@/components/shell/patient-shell";
import { PersonBar } from "@/components/shell/person-bar";
import { getMe } from "@/lib/accounts/get-me";
import { clinicSettings } from "@/lib/clinic/settings";
import type { Context } from "@/lib/platform/context";
import { requireSession } from "@/lib/platform/request";

/** One's own account, in the house that its role lives in; staff who have yet to set up their second factor see no more than that. */
export default async function AccountLayout({ children }: { children: ReactNode }) {
  const ctx = await requireSession();
  const page = <ClientMessages namespaces={["account", "auth"]}>{children}</ClientMessages>;
  if (ctx.actor.mustEnrol) return <BareShell ctx={ctx}>{page}</BareShell>;
  return ctx.actor.role === "patient" ? <PortalShell ctx={ctx}>{page}</PortalShell> : <StaffLayout>{page}</StaffLayout>;
}

async function BareShell({ ctx, children }: { ctx: Context; children: ReactNode }) {
  const [{ name, phone }, theme, me] = await Promise.all([clinicSettings(ctx.db), readTheme(), getMe(ctx)]);
  const people = me.ok ? [{ id: me.value.id, name: me.value.name, href: "/account/second-factor", current: true }] : [];
  return (
    <PatientShell
      clinic={{ name, phone, helpHref: "/help" }}
      theme={theme}
      nav={[]}
      personBar={<PersonBar people={people} signOut={signOutAction} />}
    >
      {children}
    </PatientShell>
  );
}
