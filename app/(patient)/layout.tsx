import type { ReactNode } from "react";
import { requireActor } from "@/lib/platform/request";
import { PortalShell } from "./_portal/portal-shell";

/** Asks who is there before anything is sent, so that a visitor is led on by a plain redirect. Each page asks again for itself. */
export default async function PatientLayout({ children }: { children: ReactNode }) {
  return <PortalShell ctx={await requireActor("patient")}>{children}</PortalShell>;
}
