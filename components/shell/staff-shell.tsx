"use client";

import { LogOut, Menu, UserRound } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { NuqsAdapter } from "nuqs/adapters/next/app";
import type { ReactNode } from "react";
import { StaffNav, type StaffNavGroup } from "../staff/staff-nav";
import { ToastProvider } from "../ui/toast";
import { Brand } from "./brand";
import { mainId, SkipLink } from "./skip-link";
import { StaffSearch } from "./staff-search";
import { ThemeSwitch } from "./theme-switch";
import type { ClinicInfo, SignOut, Theme } from "./types";

const navId = "staff-nav";

export type StaffShellProps = {
  clinic: ClinicInfo;
  /** `roleLabel` is already in words. */
  user: { name: string; roleLabel: string; profileHref?: string };
  nav: StaffNavGroup[];
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

/**
 * The house of doctors, reception and administration: a quiet rail, the search always in the same corner, the page owns the rest. A client
 * component, so that it is not sent as data beside the HTML.
 */
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
          className="min-h-dvh md:grid md:grid-cols-[4.25rem_minmax(0,1fr)] lg:grid-cols-[14rem_minmax(0,1fr)] print:block"
        >
          <SkipLink />
          <div className="bg-sunken md:border-e print:hidden">
            <StaffNav id={navId} label={t("mainNav")} groups={nav}>
              <Link
                href={homeHref}
                prefetch={false}
                className="mb-4 flex min-h-11 items-center rounded-md max-md:hidden md:max-lg:justify-center"
              >
                <Brand name={clinic.name} className="md:max-lg:[&>span]:sr-only" />
              </Link>
            </StaffNav>
          </div>
          <div className="flex min-w-0 flex-col">
            {banner}
            <header className="sticky top-0 z-30 flex min-h-14 items-center gap-2 border-b bg-background px-3 sm:px-5 print:static print:hidden">
              <button
                type="button"
                popoverTarget={navId}
                className="flex size-11 shrink-0 items-center justify-center rounded-md hover:bg-sunken md:hidden"
              >
                <Menu aria-hidden className="size-5" />
                <span className="sr-only">{t("menu")}</span>
              </button>
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
