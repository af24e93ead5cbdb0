import type { ReactNode } from "react";

/** A link of a navigation. `icon` is an element (`<CalendarDays aria-hidden />`); it also counts as current below its own path unless `exact`. */
export type NavItem = { href: string; label: string; icon: ReactNode; exact?: boolean; count?: number };
/** Whom to call; `phone` as people write it. */
export type ClinicInfo = { name: string; phone?: string | null; email?: string | null; helpHref?: string };
/** A person whose visits the signed-in user may see. `relationship` is already in words ("your child"). */
export type PagePerson = { id: string; name: string; relationship?: string; href: string; current: boolean };
export type Theme = "system" | "light" | "dark";
export type SignOut = (form: FormData) => void | Promise<void>;
