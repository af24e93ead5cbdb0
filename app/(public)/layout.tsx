import type { ReactNode } from "react";
import { PortalShell } from "@/app/(patient)/_portal/portal-shell";
import { pageContext } from "@/lib/platform/request";

export default async function PublicLayout({ children }: { children: ReactNode }) {
  return <PortalShell ctx={await pageContext()}>{children}</PortalShell>;
}
