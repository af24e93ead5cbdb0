import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { HOME_PATH } from "@/lib/accounts/home-path";
import type { Role } from "@/lib/domain/actor";
import { StaffShell } from "../shell/staff-shell";
import type { ClinicInfo, SignOut, Theme } from "../shell/types";
import type { StaffNavGroup, StaffPageName } from "./staff-nav";

export type StaffRole = Exclude<Role, "patient">;

const navOf: Record<StaffRole, { label?: "work" | "clinic"; pages: StaffPageName[] }[]> = {
  doctor: [{ pages: ["calendar", "appointments", "patients", "hours"] }],
  receptionist: [{ pages: ["today", "appointments", "patients", "book", "waitlist", "recalls", "messages"] }],
  admin: [
    {
      label: "work",
      pages: ["dashboard", "today", "appointments", "patients", "book", "waitlist", "recalls", "messages"],
    },
    {
      label: "clinic",
      pages: ["doctors", "services", "locations", "recallLists", "texts", "users", "audit", "privacy", "settings"],
    },
  ],
};

/** The staff shell with the navigation of a role. */
export function StaffFrame({
  clinic,
  user,
  theme,
  signOut,
  children,
}: {
  clinic: ClinicInfo;
  user: { name: string; role: StaffRole };
  theme: Theme;
  signOut: SignOut;
  children: ReactNode;
}) {
  const t = useTranslations("staff");
  const nav: StaffNavGroup[] = navOf[user.role].map((group) => ({
    ...(group.label ? { label: t(`groups.${group.label}`) } : {}),
    items: group.pages.map((page) => ({ page, label: t(`nav.${page}`) })),
  }));
  return (
    <StaffShell
      clinic={clinic}
      user={{ name: user.name, roleLabel: t(`roles.${user.role}`), profileHref: "/account" }}
      nav={nav}
      theme={theme}
      signOut={signOut}
      searchAction="/search"
      homeHref={HOME_PATH[user.role]}
    >
      {children}
    </StaffShell>
  );
}
