import { and, asc, eq, type SQL, sql } from "drizzle-orm";
import { withActor } from "@/db/client";
import { users } from "@/db/schema";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { decodeCursor, page } from "@/lib/platform/cursor";
import { DEFAULT_PAGE } from "@/lib/platform/fields";
import { mayAdministrate } from "@/lib/platform/permissions";
import { badCursor } from "@/lib/platform/refusals";
import type { ListUsersInput } from "./schemas";
import { userViewOf } from "./user-row";
import type { UserView } from "./views";

type Refusal = "forbidden" | "validation_failed";

const likely = (text: string) => `%${text.replace(/[\\%_]/g, "\\$&")}%`;

function wanted({ query, role }: ListUsersInput): SQL[] {
  return [
    ...(role ? [eq(users.role, role)] : []),
    ...(query
      ? [sql`(${users.displayName} ilike ${likely(query)} or ${users.email}::text ilike ${likely(query)})`]
      : []),
  ];
}

/** Accounts by name. */
export async function listUsers(
  ctx: Context,
  input: ListUsersInput,
): Promise<Result<{ items: UserView[]; nextCursor: string | null }, Refusal>> {
  if (!mayAdministrate(ctx.actor)) return refuse("forbidden");
  const { limit = DEFAULT_PAGE, cursor } = input;
  const after = cursor === undefined ? null : decodeCursor(cursor);
  const [name, id] = after ?? [];
  if (cursor !== undefined && (typeof name !== "string" || typeof id !== "string" || after?.length !== 2))
    return badCursor();
  const rows = await withActor(ctx, (tx) =>
    tx.db
      .select()
      .from(users)
      .where(
        and(...wanted(input), after ? sql`(${users.displayName}, ${users.id}::text) > (${name}, ${id})` : undefined),
      )
      .orderBy(asc(users.displayName), sql`${users.id}::text`)
      .limit(limit + 1),
  );
  const { items, nextCursor } = page(rows, limit, (row) => [row.displayName, row.id]);
  return ok({ items: items.map(userViewOf), nextCursor });
}
