import type { ReactNode } from "react";
import { PatientPage, StaffPage } from "@/components/shell/page";
import type { Crumb } from "@/components/ui/breadcrumb";
import type { UserActor } from "@/lib/domain/actor";

type Props = { actor: UserActor; title: string; lead?: string; crumbs?: Crumb[]; children: ReactNode };

/** A page of one's own account, in the manner of the house around it. */
export function AccountPage({ actor, children, ...head }: Props) {
  if (actor.role === "patient" || actor.mustEnrol) return <PatientPage {...head}>{children}</PatientPage>;
  return (
    <StaffPage {...head}>
      <div className="max-w-2xl">{children}</div>
    </StaffPage>
  );
}
