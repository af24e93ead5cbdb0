import type { ReactNode } from "react";
import { StaffLayout } from "@/app/staff-layout";
import { ClientMessages } from "@/components/shell/client-messages";

export default function ClinicLayout({ children }: { children: ReactNode }) {
  return (
    <StaffLayout>
      <ClientMessages namespaces={["clinic", "patients", "admin"]}>{children}</ClientMessages>
    </StaffLayout>
  );
}
