import type { ReactNode } from "react";
import { ClientMessages } from "@/components/shell/client-messages";

export default function VisitLayout({ children }: { children: ReactNode }) {
  return <ClientMessages namespaces={["clinic"]}>{children}</ClientMessages>;
}
