import type { ReactNode } from "react";
import { ClientMessages } from "@/components/shell/client-messages";

export default function PatientsLayout({ children }: { children: ReactNode }) {
  return <ClientMessages namespaces={["patients"]}>{children}</ClientMessages>;
}
