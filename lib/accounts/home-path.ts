import type { Role } from "@/lib/domain/actor";

/** Where each role's work begins: the page after signing in, unless another was asked for. */
export const HOME_PATH: Record<Role, string> = {
  patient: "/visits",
  doctor: "/calendar",
  receptionist: "/today",
  admin: "/admin",
};
