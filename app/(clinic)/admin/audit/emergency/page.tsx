import type { Metadata } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { shortDay } from "@/components/clinic/when";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { requireActor } from "@/lib/platform/request";
import { listGlass } from "@/lib/records/list-glass";
import type { GlassView } from "@/lib/records/views";
import type { Search } from "../../../search-params";
import { AuditPageFrame } from "../audit-page";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.audit.views"))("emergency") };
}

/** Every time a doctor let themselves in to records without a relation to the patient, open ones and past ones. */
export default async function EmergencyPage({ searchParams }: { searchParams: Search }) {
  const ctx = await requireActor("admin");
  const { cursor } = await searchParams;
  const [t, locale] = await Promise.all([getTranslations("admin.audit.emergency"), getLocale()]);
  const asked = await listGlass(ctx, typeof cursor === "string" ? { cursor } : {});
  const found = asked.ok || asked.code !== "validation_failed" ? asked : await listGlass(ctx, {});
  if (!found.ok)
    return (
      <AuditPageFrame name="emergency">
        <EmptyState title={t(found.code === "encryption_not_configured" ? "noKeys" : "none")} />
      </AuditPageFrame>
    );
  const { items, nextCursor } = found.value;
  const at = (instant: string) => `${shortDay(instant, "UTC", locale)}, ${instant.slice(11, 16)}`;
  const ended = ({ closedAt, expiresAt }: GlassView) => closedAt ?? (new Date(expiresAt) <= ctx.now ? expiresAt : null);
  return (
    <AuditPageFrame name="emergency">
      {items.length === 0 ? <EmptyState title={t("none")}>{t("noneBody")}</EmptyState> : null}
      <ul className="grid gap-3">
        {items.map((glass) => {
          const end = ended(glass);
          return (
            <li key={glass.id}>
              <Card className="grid gap-1 p-4">
                <p className="flex flex-wrap items-center gap-x-3 gap-y-1">
                  <Badge>{t(end ? "ended" : "open")}</Badge>
                  <span className="figures text-muted-foreground">
                    {end
                      ? t("span", { from: at(glass.openedAt), to: at(end) })
                      : t("until", { from: at(glass.openedAt), to: at(glass.expiresAt) })}
                  </span>
                </p>
                <p>
                  {t.rich("read", {
                    doctor: glass.doctor.name,
                    patient: () => <a href={`/patients/${glass.patient.id}`}>{glass.patient.name}</a>,
                  })}
                </p>
                <p className="break-words">{glass.reason || t("erased")}</p>
                <a className="text-sm" href={`/admin/audit/access?whose=${glass.patient.id}&access=break_glass`}>
                  {t("reads")}
                </a>
              </Card>
            </li>
          );
        })}
      </ul>
      {nextCursor ? (
        <p className="mt-4">
          <a href={`?cursor=${encodeURIComponent(nextCursor)}`}>{t("older")}</a>
        </p>
      ) : null}
    </AuditPageFrame>
  );
}
