import {
  Building2,
  CalendarDays,
  CalendarPlus,
  ClipboardList,
  Clock,
  LayoutDashboard,
  ListChecks,
  ScrollText,
  Settings,
  Stethoscope,
  Tags,
  UserCog,
  Users,
} from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { HOME_PATH } from "@/lib/accounts/home-path";
import type { Role } from "@/lib/domain/actor";
import { StaffShell } from "../shell/staff-shell";
import type { ClinicInfo, NavGroup, SignOut, Theme } from "../shell/types";

export type StaffRole = Exclude<Role, "patient">;

/** Every page of staff, by the name of its label. */
const pages = {
  calendar: { href: "/calendar", icon: <CalendarDays aria-hidden /> },
  today: { href: "/today", icon: <ListChecks aria-hidden /> },
  appointments: { href: "/appointments", icon: <ClipboardList aria-hidden /> },
  patients: { href: "/patients", icon: <Users aria-hidden /> },
  hours: { href: "/hours", icon: <Clock aria-hidden /> },
  book: { href: "/book", icon: <CalendarPlus aria-hidden /> },
  dashboard: { href: "/admin", icon: <LayoutDashboard aria-hidden />, exact: true },
  doctors: { href: "/admin/doctors", icon: <Stethoscope aria-hidden /> },
  services: { href: "/admin/services", icon: <Tags aria-hidden /> },
  locations: { href: "/admin/locations", icon: <Building2 aria-hidden /> },
  users: { href: "/admin/users", icon: <UserCog aria-hidden /> },
  audit: { href: "/admin/audit", icon: <ScrollText aria-hidden /> },
  settings: { href: "/admin/settings", icon: <Settings aria-hidden /> },
} as const;
type PageName = keyof typeof pages;

const navOf: Record<StaffRole, { label?: "work" | "clinic"; pages: PageName[] }[]> = {
  doctor: [{ pages: ["calendar", "appointments", "patients", "hours"] }],
  receptionist: [{ pages: ["today", "appointments", "patients", "book"] }],
  admin: [
    { label: "work", pages: ["dashboard", "today", "appointments", "patients", "book"] },
    { label: "clinic", pages: ["doctors", "services", "locations", "users", "audit", "settings"] },
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
  const nav: NavGroup[] = navOf[user.role].map((group) => ({
    ...(group.label ? { label: t(`groups.${group.label}`) } : {}),
    items: group.pages.map((name) => ({ ...pages[name], label: t(`nav.${name}`) })),
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
