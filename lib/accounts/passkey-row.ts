import type { passkeys } from "@/db/schema";
import type { PasskeyView } from "./views";

/** A passkey as its owner sees it; never the key. */
export const passkeyViewOf = (row: typeof passkeys.$inferSelect): PasskeyView => ({
  id: row.id,
  name: row.name,
  backedUp: row.isBackedUp,
  createdAt: row.createdAt.toISOString(),
  lastUsedAt: row.lastUsedAt?.toISOString() ?? null,
});
