import type { ReactNode } from "react";
import { ClientMessages } from "@/components/shell/client-messages";

export default function RecordsLayout({ children }: { children: ReactNode }) {
  return <ClientMessages namespaces={["records", "clinic", "account", "auth"]}>{children}</ClientMessages>;
}
