"use client";

import { useRouter } from "next/navigation";
import type { VisitActions as Actions, VisitDetails as Details, NamedId } from "./types";
import { VisitActions } from "./visit-actions";
import { VisitDetails } from "./visit-details";

/** A visit as a page of its own; the page is read again after each change. */
export function VisitSheet({
  details,
  doctors,
  actions,
  at,
}: {
  details: Details;
  doctors: NamedId[];
  actions: Actions;
  at: string;
}) {
  const router = useRouter();
  return (
    <VisitDetails details={details}>
      <VisitActions visit={details.visit} {...{ doctors, actions, at }} onChanged={() => router.refresh()} />
    </VisitDetails>
  );
}
