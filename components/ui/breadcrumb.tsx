import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";

export type Crumb = { label: string; href?: string };

/** Where this page stands; the last crumb is the page itself. On phones only the way back is shown. */
export function Breadcrumb({ crumbs }: { crumbs: Crumb[] }) {
  const t = useTranslations("ui");
  const back = crumbs.findLast((crumb) => crumb.href);
  return (
    <nav aria-label={t("breadcrumb")} className="mb-3 text-base in-data-[density=dense]:text-sm">
      {back?.href ? (
        <Link href={back.href} className="link inline-flex min-h-11 items-center gap-1 sm:hidden">
          <ChevronLeft aria-hidden className="size-4 rtl:rotate-180" />
          {back.label}
        </Link>
      ) : null}
      <ol className="flex flex-wrap items-center gap-x-1.5 max-sm:hidden">
        {crumbs.map((crumb, index) => (
          <li key={crumb.label} className="flex items-center gap-1.5">
            {index > 0 ? <ChevronRight aria-hidden className="size-3.5 text-muted-foreground rtl:rotate-180" /> : null}
            {crumb.href ? (
              <Link
                href={crumb.href}
                className="link inline-flex min-h-11 items-center in-data-[density=dense]:min-h-6"
              >
                {crumb.label}
              </Link>
            ) : (
              <span aria-current="page" className="text-muted-foreground">
                {crumb.label}
              </span>
            )}
          </li>
        ))}
      </ol>
    </nav>
  );
}
