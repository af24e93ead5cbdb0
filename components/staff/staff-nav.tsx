"use client";

import {
  BellPlus,
  BellRing,
  Building2,
  CalendarDays,
  CalendarPlus,
  ClipboardList,
  Clock,
  Hourglass,
  LayoutDashboard,
  ListChecks,
  MailOpen,
  MessagesSquare,
  ScrollText,
  Settings,
  ShieldCheck,
  Stethoscope,
  Tags,
  UserCog,
  Users,
} from "lucide-react";
import { usePathname } from "next/navigation";
import { type ReactNode, useEffect, useRef } from "react";
import { NavLink } from "../shell/nav-link";

/** Every page of staff, by the name of its label. */
const pages = {
  calendar: { href: "/calendar", icon: CalendarDays },
  today: { href: "/today", icon: ListChecks },
  appointments: { href: "/appointments", icon: ClipboardList },
  patients: { href: "/patients", icon: Users },
  waitlist: { href: "/waitlist", icon: Hourglass },
  recalls: { href: "/recalls", icon: BellRing },
  messages: { href: "/messages", icon: MessagesSquare },
  hours: { href: "/hours", icon: Clock },
  book: { href: "/book", icon: CalendarPlus },
  dashboard: { href: "/admin", icon: LayoutDashboard, exact: true },
  doctors: { href: "/admin/doctors", icon: Stethoscope },
  services: { href: "/admin/services", icon: Tags },
  locations: { href: "/admin/locations", icon: Building2 },
  recallLists: { href: "/admin/recalls", icon: BellPlus },
  texts: { href: "/admin/texts", icon: MailOpen },
  users: { href: "/admin/users", icon: UserCog },
  audit: { href: "/admin/audit", icon: ScrollText },
  privacy: { href: "/admin/privacy", icon: ShieldCheck },
  settings: { href: "/admin/settings", icon: Settings },
};
export type StaffPageName = keyof typeof pages;
export type StaffNavGroup = { label?: string; items: { page: StaffPageName; label: string }[] };

/**
 * The rail beside the page; on phones what the menu button opens (a popover shows before scripts run, and is there once, not twice). A client
 * component, so that its links and icons are not sent as data beside the HTML.
 */
export function StaffNav({
  id,
  label,
  groups,
  children,
}: {
  id: string;
  label: string;
  groups: StaffNavGroup[];
  children: ReactNode;
}) {
  const path = usePathname();
  const nav = useRef<HTMLElement>(null);
  useEffect(() => {
    if (path && nav.current?.matches(":popover-open")) nav.current.hidePopover();
  }, [path]);
  return (
    <nav
      ref={nav}
      id={id}
      popover="auto"
      aria-label={label}
      className="inset-x-0 top-14 m-0 max-h-[80dvh] w-full max-w-none overflow-y-auto border-b bg-popover p-3 text-foreground shadow-overlay md:sticky md:top-0 md:block md:h-dvh md:max-h-none md:border-0 md:bg-transparent md:shadow-none"
    >
      {children}
      {groups.map((group, index) => (
        <div key={group.label ?? index} className="not-last:mb-4">
          {group.label ? (
            <p className="px-2.5 pb-1 text-sm font-semibold text-muted-foreground md:max-lg:sr-only">{group.label}</p>
          ) : null}
          <ul className="staff-links">
            {group.items.map((item) => {
              const { href, icon: Icon, ...match } = pages[item.page];
              return (
                <li key={href}>
                  <NavLink href={href} title={item.label} {...match}>
                    <Icon aria-hidden />
                    <span>{item.label}</span>
                  </NavLink>
                </li>
              );
            })}
          </ul>
        </div>
      ))}
    </nav>
  );
}
