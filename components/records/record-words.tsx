import {
  Activity,
  EyeOff,
  FileText,
  FlaskConical,
  type LucideIcon,
  NotebookPen,
  Pill,
  ShieldAlert,
  Syringe,
} from "lucide-react";
import { useTranslations } from "next-intl";
import type { RecordKind } from "@/lib/records/schemas";
import type { RecordSummary } from "@/lib/records/views";
import { Badge } from "../ui/badge";

const ICONS: Record<RecordKind, LucideIcon> = {
  visit_note: NotebookPen,
  diagnosis: Activity,
  allergy: ShieldAlert,
  medication: Pill,
  vaccination: Syringe,
  result: FlaskConical,
  document: FileText,
};

export function KindIcon({ kind, className }: { kind: RecordKind; className?: string }) {
  const Icon = ICONS[kind];
  return <Icon aria-hidden className={className} />;
}

type Standing = Pick<RecordSummary, "status" | "release" | "isWarning" | "kind" | "resolvedAt">;

/** How far a record has come, for doctors; what is as it should be needs no badge. */
export function RecordBadges({ record }: { record: Standing }) {
  const t = useTranslations("records");
  const { status, release, isWarning, kind, resolvedAt } = record;
  const isStanding = status === "signed" || status === "amended";
  return (
    <>
      {status === "signed" ? null : (
        <Badge variant={status === "draft" ? "warning" : status === "entered_in_error" ? "danger" : "neutral"}>
          {t(`status.${status}`)}
        </Badge>
      )}
      {isStanding && (isWarning || kind === "allergy") ? <Badge variant="danger">{t("warning")}</Badge> : null}
      {resolvedAt ? <Badge>{t("resolved")}</Badge> : null}
      {isStanding ? (
        <Badge variant={release === "released" ? "success" : "neutral"}>
          {release === "released" ? null : <EyeOff aria-hidden />}
          {t(`release.${release}`)}
        </Badge>
      ) : null}
    </>
  );
}

/** "Asthma, unspecified (ICD-10 J45.9)". */
export function Coding({ coding }: { coding: NonNullable<RecordSummary["coding"]> }) {
  const t = useTranslations("records");
  const { system, code, display } = coding;
  return (
    <>
      {display}
      {code ? <span className="figures text-muted-foreground"> ({`${t(`systems.${system}`)} ${code}`})</span> : null}
    </>
  );
}
