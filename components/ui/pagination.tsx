import { ChevronLeft, ChevronRight } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "./button";

/** Previous and next as links, so that Back works and pages can be shared. */
export function Pagination({
  label,
  previousHref,
  nextHref,
  children,
}: {
  label: string;
  previousHref?: string | undefined;
  nextHref?: string | undefined;
  /** Where we are, for example "26 to 50 of 312". */
  children?: React.ReactNode;
}) {
  const t = useTranslations("ui.pagination");
  return (
    <nav aria-label={label} className="flex flex-wrap items-center gap-3 text-sm">
      {children ? <p className="figures me-auto text-muted-foreground">{children}</p> : null}
      <div className="flex gap-2">
        <Step href={previousHref} rel="prev">
          <ChevronLeft aria-hidden className="rtl:rotate-180" />
          {t("previous")}
        </Step>
        <Step href={nextHref} rel="next">
          {t("next")}
          <ChevronRight aria-hidden className="rtl:rotate-180" />
        </Step>
      </div>
    </nav>
  );
}

function Step({ href, rel, children }: { href?: string | undefined; rel: "prev" | "next"; children: React.ReactNode }) {
  if (!href) {
    return (
      <Button variant="secondary" size="sm" disabled>
        {children}
      </Button>
    );
  }
  return (
    <Button variant="secondary" size="sm" asChild>
      <Link href={href} rel={rel} scroll={false}>
        {children}
      </Link>
    </Button>
  );
}
