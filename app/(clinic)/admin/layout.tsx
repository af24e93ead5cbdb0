import type { ReactNode } from "react";
import { ClientMessages } from "@/components/shell/client-messages";
import { requireActor } from "@/lib/platform/request";

/** Asked above the loading state, so that the answer still has its own status. */
export default async function AdminLayout({ children }: { children: ReactNode }) {
  await requireActor("admin");
  return <ClientMessages namespaces={["admin"]}>{children}</ClientMessages>;
}
