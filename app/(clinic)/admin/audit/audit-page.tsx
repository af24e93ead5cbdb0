import { Download } from "lucide-react";
import { getTranslations } from "next-intl/server";
import type { SearchParams } from "nuqs/server";
import type { ReactNode } from "react";
import { StaffPage } from "@/components/shell/page";
import { buttonVariants } from "@/components/ui/button";
import { TabLinks } from "@/components/ui/tab-links";

type Name = "changes" | "access" | "emergency";
const PATHS: Record<Name, string> = {
  changes: "/admin/audit",
  access: "/admin/audit/access",
  emergency: "/admin/audit/emergency",
};

/** The three views of what was done and read, and the CSV of the one that is shown. */
export async function AuditPageFrame({
  name,
  csv,
  children,
}: {
  name: Name;
  /** The query whose rows the CSV has; without it there is none. */
  csv?: SearchParams;
  children: ReactNode;
}) {
  const t = await getTranslations("admin.audit");
  return (
    <StaffPage
      title={t("title")}
      lead={t(`leads.${name}`)}
      actions={
        csv ? (
          <a
            href={`${PATHS[name]}/export${queryOf(csv)}`}
            className={buttonVariants({ variant: "secondary", size: "sm" })}
          >
            <Download aria-hidden />
            {t("export")}
          </a>
        ) : null
      }
    >
      <TabLinks
        label={t("views.label")}
        links={(Object.keys(PATHS) as Name[]).map((view) => ({
          href: PATHS[view],
          label: t(`views.${view}`),
          current: view === name,
        }))}
      />
      <div className="mt-5 grid grid-cols-[minmax(0,1fr)] gap-4">{children}</div>
    </StaffPage>
  );
}

function queryOf(search: SearchParams): string {
  const query = new URLSearchParams();
  for (const [key, value] of Object.entries(search))
    for (const one of Array.isArray(value) ? value : [value]) if (one) query.append(key, one);
  return query.size > 0 ? `?${query}` : "";
}
