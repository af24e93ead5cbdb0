import { CircleHelp, Mail, Phone } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { displayPhone } from "@/lib/format/phone";
import { Brand } from "./brand";
import { NavLink } from "./nav-link";
import { telHref } from "./phone";
import { mainId, SkipLink } from "./skip-link";
import { ThemeSwitch } from "./theme-switch";
import type { ClinicInfo, NavItem, Theme } from "./types";

export type PatientShellProps = {
  clinic: ClinicInfo;
  /** Up to five: on phones they are the bar at the bottom. */
  nav: NavItem[];
  theme: Theme;
  /** Whose page it is; absent where nobody is signed in. */
  personBar?: ReactNode;
  children: ReactNode;
};

/**
 * The house of every patient and public page: help and phone stand at the same place. On wide screens a page's own aside and the clinic's
 * number stand beside its column; a page that needs the whole width says `data-wide` (with `peer` and `lg:col-span-2`).
 */
export function PatientShell({ clinic, nav, theme, personBar, children }: PatientShellProps) {
  const t = useTranslations("shell");
  return (
    <div className="flex min-h-dvh flex-col text-lg">
      <SkipLink />
      <header className="border-b bg-surface">
        <div className="mx-auto flex min-h-16 max-w-page items-center gap-x-4 px-4 sm:px-6">
          <Link href="/" className="me-auto flex min-h-11 min-w-0 items-center rounded-md py-1 lg:me-6">
            <Brand name={clinic.name} />
          </Link>
          {nav.length > 0 ? <PatientNav nav={nav} /> : null}
          <Help clinic={clinic} />
        </div>
      </header>
      {personBar}
      <main
        id={mainId}
        tabIndex={-1}
        className="mx-auto w-full max-w-page flex-1 px-4 py-8 sm:px-6 sm:py-12 lg:grid lg:grid-cols-[minmax(0,41rem)_minmax(0,19rem)] lg:grid-rows-[auto_1fr] lg:justify-between lg:gap-x-12"
      >
        {children}
        <HelpCard clinic={clinic} />
      </main>
      <footer className="border-t bg-sunken text-base max-sm:pb-20 print:hidden">
        <div className="mx-auto flex max-w-page flex-wrap items-center gap-x-6 gap-y-3 px-4 py-6 sm:px-6">
          <p className="font-semibold">{clinic.name}</p>
          <div className="sm:ms-auto">
            <ThemeSwitch theme={theme} />
          </div>
          <p className="w-full text-sm text-muted-foreground">{t("emergency")}</p>
        </div>
      </footer>
    </div>
  );
}

function PatientNav({ nav }: { nav: NavItem[] }) {
  const t = useTranslations("shell");
  return (
    <nav
      aria-label={t("mainNav")}
      className="max-sm:fixed max-sm:inset-x-0 max-sm:bottom-0 max-sm:z-30 max-sm:border-t max-sm:bg-surface max-sm:pb-[env(safe-area-inset-bottom)] lg:me-auto"
    >
      <ul className="flex justify-around gap-1">
        {nav.map((item) => (
          <li key={item.href} className="max-sm:flex-auto">
            <NavLink
              href={item.href}
              exact={item.exact}
              className="group relative flex min-h-11 items-center gap-2 px-3 text-base font-medium text-foreground hover:bg-sunken aria-[current=page]:font-bold aria-[current=page]:text-primary max-sm:min-h-15 max-sm:flex-col max-sm:justify-center max-sm:gap-0.5 max-sm:px-1 max-sm:text-sm sm:rounded-md [&_svg]:size-5 sm:[&_svg]:hidden"
            >
              {item.icon}
              <span className="whitespace-nowrap">{item.label}</span>
              {item.count ? (
                <span className="figures rounded-full bg-primary px-1.5 text-sm font-bold text-primary-foreground max-sm:absolute max-sm:start-1/2 max-sm:top-1 max-sm:ms-2 max-sm:leading-4.5">
                  {item.count}
                </span>
              ) : null}
              <span
                aria-hidden
                className="absolute inset-x-3 bottom-0 h-0.75 rounded-full group-aria-[current=page]:bg-primary max-sm:top-0 max-sm:bottom-auto forced:group-aria-[current=page]:bg-[Highlight]"
              />
            </NavLink>
          </li>
        ))}
      </ul>
    </nav>
  );
}

function Help({ clinic }: { clinic: ClinicInfo }) {
  const t = useTranslations("shell");
  const linkClass =
    "inline-flex min-h-11 items-center gap-1.5 rounded-md px-2 text-base font-semibold text-primary hover:bg-sunken";
  return (
    <div className="flex shrink-0 items-center">
      {clinic.phone ? (
        <a href={telHref(clinic.phone)} className={linkClass}>
          <Phone aria-hidden className="size-4.5" />
          <span className="lg:sr-only">{t("call")}</span>
          <span className="figures max-lg:sr-only">{displayPhone(clinic.phone)}</span>
        </a>
      ) : null}
      {clinic.helpHref ? (
        <Link href={clinic.helpHref} className={linkClass}>
          <CircleHelp aria-hidden className="size-4.5" />
          {t("help")}
        </Link>
      ) : null}
    </div>
  );
}

/** A person to talk to, beside every page that has room for it; on phones the header says it. */
function HelpCard({ clinic }: { clinic: ClinicInfo }) {
  const t = useTranslations("shell.helpCard");
  if (!clinic.phone && !clinic.email) return null;
  const linkClass = "link inline-flex min-h-11 items-center gap-2 font-semibold [&_svg]:size-4.5 [&_svg]:shrink-0";
  return (
    <section
      aria-labelledby="help-card"
      className="grid gap-1 self-start rounded-xl border bg-surface p-5 text-base max-lg:hidden lg:col-start-2 print:hidden peer-data-[wide]:hidden"
    >
      <h2 id="help-card" className="text-lg">
        {t("title")}
      </h2>
      <p className="mb-1 text-muted-foreground">{t("body")}</p>
      {clinic.phone ? (
        <a href={telHref(clinic.phone)} className={`${linkClass} figures`}>
          <Phone aria-hidden />
          {displayPhone(clinic.phone)}
        </a>
      ) : null}
      {clinic.email ? (
        <a href={`mailto:${clinic.email}`} className={linkClass}>
          <Mail aria-hidden />
          {t("mail")}
        </a>
      ) : null}
    </section>
  );
}
