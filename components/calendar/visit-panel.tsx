"use client";

import { ExternalLink } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { useCallback, useEffect, useState } from "react";
import { Alert } from "../ui/alert";
import { Button } from "../ui/button";
import { Sheet, SheetContent } from "../ui/sheet";
import { Skeleton } from "../ui/skeleton";
import type { VisitActions as Actions, VisitDetails as Details, NamedId } from "./types";
import { VisitActions } from "./visit-actions";
import { VisitDetails } from "./visit-details";

type Props = {
  id: string;
  timeZone: string;
  at: string;
  /** Changes whenever the calendar was read anew, so that the panel follows. */
  version: string;
  doctors: NamedId[];
  actions: Actions;
  onClose: () => void;
  onChanged: () => void;
};
type Loaded = { id: string; details: Details | null; isGone: boolean };

/** A visit beside the calendar; the calendar stays in use. */
export function VisitPanel({ id, timeZone, at, version, doctors, actions, onClose, onChanged }: Props) {
  const t = useTranslations("calendar.visit");
  const { details, isGone, reload } = useDetails(id, version);
  const name = details?.visit.patient?.name ?? t("title");
  return (
    <Sheet modal={false} open onOpenChange={(open) => !open && onClose()}>
      <SheetContent title={name} beside className="top-14 border-s">
        {isGone ? (
          <Alert variant="warning" title={t("gone")} role="alert">
            {t("goneHint")}
          </Alert>
        ) : details ? (
          <>
            <VisitDetails details={details} timeZone={timeZone}>
              <VisitActions
                key={details.visit.id}
                visit={details.visit}
                doctors={doctors}
                actions={actions}
                at={at}
                onChanged={() => {
                  reload();
                  onChanged();
                }}
              />
            </VisitDetails>
            <Button variant="link" size="sm" asChild className="mt-4 justify-self-start self-start">
              <Link href={`/calendar/visits/${id}`}>
                <ExternalLink aria-hidden />
                {t("open")}
              </Link>
            </Button>
          </>
        ) : (
          <Skeleton className="h-64" />
        )}
      </SheetContent>
    </Sheet>
  );
}

function useDetails(id: string, version: string) {
  const [loaded, setLoaded] = useState<Loaded | null>(null);
  const load = useCallback(
    async (isOver: () => boolean) => {
      try {
        const answer = await fetch(`/calendar/visits/${id}/details`, { cache: "no-store" });
        if (isOver()) return;
        if (answer.ok) setLoaded({ id, details: (await answer.json()) as Details, isGone: false });
        else if (answer.status === 404) setLoaded({ id, details: null, isGone: true });
      } catch {
        // The calendar's banner says that the connection is lost; what was read stays.
      }
    },
    [id],
  );
  // biome-ignore lint/correctness/useExhaustiveDependencies: a new version means to read again.
  useEffect(() => {
    let isOver = false;
    void load(() => isOver);
    return () => {
      isOver = true;
    };
  }, [load, version]);
  const here = loaded?.id === id ? loaded : null;
  return { details: here?.details ?? null, isGone: here?.isGone ?? false, reload: () => void load(() => false) };
}
