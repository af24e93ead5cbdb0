import { LogOut, Menu, UserRound } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { ToastProvider } from "../ui/toast";
import { Brand } from "./brand";
import { NavLink } from "./nav-link";
import { mainId, SkipLink } from "./skip-link";
import { StaffSearch } from "./staff-search";
import { ThemeSwitch } from "./theme-switch";
import type { ClinicInfo, NavGroup, SignOut, Theme } from "./types";

export type StaffShellProps = {
  clinic: ClinicInfo;
  /** `roleLabel` is already in words. */
  user: { name: string; roleLabel: string; profileHref?: string };
  nav: NavGroup[];
  theme: Theme;
  signOut: SignOut;
  /** A GET form; the query goes in `q`. Left out where the role may not search. */
  searchAction?: string;
  homeHref: string;
  /** Beside the search: location, date. */
  context?: ReactNode;
  /** Above everything, for example a lost connection. */
  banner?: ReactNode;
  children: ReactNode;
};

/** The house of doctors, reception and administration: a quiet rail, the search always in the same corner, the page owns the rest. */
export function StaffShell({
  clinic,
  user,
  nav,
  theme,
  signOut,
  searchAction,
  homeHref,
  context,
  banner,
  children,
}: StaffShellProps) {
  const t = useTranslations("shell");
  return (
    <NuqsAdapter>
      <ToastProvider>
        <div
          data-density="dense"
          className="min-h-dvh md:grid md:grid-cols-[4.25rem_minmax(0,1fr)] lg:grid-cols-[14rem_minmax(0,1fr)]"
        >
          <SkipLink />
          <div className="border-e bg-sunken max-md:hidden print:hidden">
            <div className="sticky top-0 flex h-dvh flex-col overflow-y-auto p-3">
              <StaffNav nav={nav} label={t("mainNav")} rail>
                <Link href={homeHref} className="mb-4 flex min-h-11 items-center rounded-md md:max-lg:justify-center">
                  <Brand name={clinic.name} className="md:max-lg:[&>span]:sr-only" />
                </Link>
              </StaffNav>
            </div>
          </div>
          <div className="flex min-w-0 flex-col">
            {banner}
            <header className="sticky top-0 z-30 flex min-h-14 items-center gap-2 border-b bg-background px-3 sm:px-5 print:static print:hidden">
              <details className="group md:hidden">
                <summary className="flex size-11 list-none items-center justify-center rounded-md hover:bg-sunken [&::-webkit-details-marker]:hidden">
                  <Menu aria-hidden className="size-5" />
                  <span className="sr-only">{t("menu")}</span>
                </summary>
                <div className="absolute inset-x-0 top-full max-h-[80dvh] overflow-y-auto border-b bg-popover p-3 shadow-overlay">
                  <StaffNav nav={nav} label={t("menu")} />
                </div>
              </details>
              {searchAction ? <StaffSearch action={searchAction} /> : null}
              <div className="ms-auto flex items-center gap-2">
                {context}
                <UserMenu user={user} theme={theme} signOut={signOut} />
              </div>
            </header>
            <main id={mainId} tabIndex={-1} className="min-w-0 flex-1 px-3 py-4 sm:px-5 sm:py-5">
              {children}
            </main>
          </div>
        </div>
      </ToastProvider>
    </NuqsAdapter>
  );
}

function StaffNav({
  nav,
  label,
  rail = false,
  children,
}: {
  nav: NavGroup[];
  label: string;
  rail?: boolean;
  children?: ReactNode;
}) {
  return (
    <nav aria-label={label} className="grid gap-4">
      {children}
      {nav.map((group, index) => (
        <div key={group.label ?? index}>
          {group.label ? (
            <p className={`px-2.5 pb-1 text-sm font-semibold text-muted-foreground ${rail ? "md:max-lg:sr-only" : ""}`}>
              {group.label}
            </p>
          ) : null}
          <ul className="grid gap-0.5">
            {group.items.map((item) => (
              <li key={item.href}>
                <NavLink
                  href={item.href}
                  exact={item.exact}
                  title={rail ? item.label : undefined}
                  className={`flex min-h-9 items-center gap-2.5 rounded-md px-2.5 font-medium text-foreground hover:bg-border/60 aria-[current=page]:bg-surface aria-[current=page]:font-bold aria-[current=page]:text-primary aria-[current=page]:shadow-[inset_3px_0_0_var(--primary)] rtl:aria-[current=page]:shadow-[inset_-3px_0_0_var(--primary)] pointer-coarse:min-h-11 [&_svg]:size-4.5 [&_svg]:shrink-0 forced:aria-[current=page]:border ${rail ? "text-sm md:max-lg:justify-center" : ""}`}
                >
                  {item.icon}
                  <span className={rail ? "min-w-0 flex-1 md:max-lg:sr-only" : "flex-1"}>{item.label}</span>
                  {item.count ? (
                    <span
                      className={`figures rounded-md bg-accent px-1.5 text-sm font-semibold text-accent-foreground ${rail ? "md:max-lg:sr-only" : ""}`}
                    >
                      {item.count}
                    </span>
                  ) : null}
                </NavLink>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}

function UserMenu({ user, theme, signOut }: { user: StaffShellProps["user"]; theme: Theme; signOut: SignOut }) {
  const t = useTranslations("shell");
  return (
    <details className="relative">
      <summary className="flex min-h-11 list-none items-center gap-2 rounded-md px-2 text-sm hover:bg-sunken lg:min-h-9 [&::-webkit-details-marker]:hidden">
        <UserRound aria-hidden className="size-4.5" />
        <span className="max-sm:sr-only">
          <span className="font-semibold">{user.name}</span>{" "}
          <span className="text-muted-foreground max-lg:sr-only">{user.roleLabel}</span>
        </span>
      </summary>
      <div className="absolute end-0 top-full z-40 mt-1 grid w-76 max-w-[calc(100vw-1.5rem)] gap-3 rounded-lg bg-popover p-4 shadow-overlay forced:border">
        <p>
          <strong className="block font-semibold">{user.name}</strong>
          <span className="text-sm text-muted-foreground">{user.roleLabel}</span>
        </p>
        {user.profileHref ? (
          <Link href={user.profileHref} className="link inline-flex min-h-9 items-center text-sm">
            {t("profile")}
          </Link>
        ) : null}
        <ThemeSwitch theme={theme} />
        <form action={signOut}>
          <button
            type="submit"
            className="inline-flex min-h-9 items-center gap-2 rounded-md border border-input px-3 text-sm font-semibold hover:bg-sunken pointer-coarse:min-h-11"
          >
            <LogOut aria-hidden className="size-4 rtl:rotate-180" />
            {t("person.signOut")}
          </button>
        </form>
      </div>
    </details>
  );
}
