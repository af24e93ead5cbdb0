import type { ReactNode } from "react";
import { StaffLayout } from "@/app/staff-layout";

/** Words for the browser are handed out further down: each part of the clinic sends its own only. */
export default function ClinicLayout({ children }: { children: ReactNode }) {
  return <StaffLayout>{children}</StaffLayout>;
}
