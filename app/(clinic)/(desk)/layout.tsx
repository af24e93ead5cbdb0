import type { ReactNode } from "react";
import { ClientMessages } from "@/components/shell/client-messages";
import { requireActor } from "@/lib/platform/request";

/** The desk is reception's. Asked above the loading state, so that the answer still has its own status. */
export default async function DeskLayout({ children }: { children: ReactNode }) {
  await requireActor("receptionist", "admin");
  return <ClientMessages namespaces={["clinic"]}>{children}</ClientMessages>;
}
