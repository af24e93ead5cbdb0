import type { ReactNode } from "react";
import { StaffLayout } from "@/app/staff-layout";

export default function DoctorLayout({ children }: { children: ReactNode }) {
  return <StaffLayout>{children}</StaffLayout>;
}
