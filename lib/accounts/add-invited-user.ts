import { uuidv7 } from "uuidv7";
import type { Tx } from "@/db/client";
import { users } from "@/db/schema";
import type { Role } from "@/lib/domain/actor";
import { enqueue } from "@/lib/platform/outbox";

type Invited = { email: string; displayName: string; role: Role };

/** Adds an account without a password and has its invitation sent; null where the address already has an account. */
export async function addInvitedUser(tx: Tx, invited: Invited): Promise<string | null> {
  const id = uuidv7();
  const added = await tx.db
    .insert(users)
    .values({ id, ...invited })
    .onConflictDoNothing({ target: users.email })
    .returning({ id: users.id });
  if (added.length === 0) return null;
  await enqueue(tx, { topic: "account.invited", payload: { userId: id } });
  return id;
}
