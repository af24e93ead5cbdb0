import type { users } from "@/db/schema";
import type { UserView } from "./views";

/** An account as admins see it; never the password's hash. */
export const userViewOf = (row: typeof users.$inferSelect): UserView => ({
  id: row.id,
  email: row.email,
  name: row.displayName,
  role: row.role,
  disabled: row.disabledAt !== null,
  emailVerified: row.emailVerifiedAt !== null,
  invited: row.passwordHash === null,
  version: row.version,
  createdAt: row.createdAt.toISOString(),
});
