import type { ReactNode } from "react";
import { SessionKeeper } from "@/app/(account)/_session/session-keeper";
import { signOutAction } from "@/app/(public)/sign-in/actions";
import { readTheme } from "@/app/theme";
import { StaffFrame, type StaffRole } from "@/components/staff/staff-frame";
import { clinicSettings } from "@/lib/clinic/settings";
import { requireActor } from "@/lib/platform/request";
import { liveSessionName } from "@/lib/platform/session";

const STAFF: StaffRole[] = ["doctor", "receptionist", "admin"];

/** The frame around every page of staff. Which of them may see a page is for that page to say, by its own `requireActor`. */
export async function StaffLayout({ children }: { children: ReactNode }) {
  const ctx = await requireActor(...STAFF);
  const [clinic, theme, name] = await Promise.all([
    clinicSettings(ctx.db),
    readTheme(),
    liveSessionName(ctx.actor.sessionId, ctx.now, ctx.db),
  ]);
  const role = STAFF.find((known) => known === ctx.actor.role) ?? "receptionist";
  return (
    <StaffFrame
      clinic={{ name: clinic.name, phone: clinic.phone }}
      user={{ name, role }}
      theme={theme}
      signOut={signOutAction}
    >
      {children}
      <SessionKeeper ctx={ctx} />
    </StaffFrame>
  );
}
