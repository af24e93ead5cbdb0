import { and, asc, desc, eq, type SQL, sql } from "drizzle-orm";
import { withActor } from "@/db/client";
import { users } from "@/db/schema";
import { isUuid } from "@/lib/clinic/queries";
import { ok, type Result, refuse } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { decodeCursor, page } from "@/lib/platform/cursor";
import { DEFAULT_PAGE } from "@/lib/platform/fields";
import { may } from "@/lib/platform/permissions";
import { badCursor } from "@/lib/platform/refusals";
import type { ListUsersInput } from "./schemas";
import { userViewOf } from "./user-row";
import type { UserView } from "./views";

type Refusal = "forbidden" | "validation_failed";

const likely = (text: string) => `%${text.replace(/[\\%_]/g, "\\$&")}%`;

function wanted({ query, role }: Pick<ListUsersInput, "query" | "role">): SQL[] {
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
  if (!may(ctx.actor, "account.administrate")) return refuse("forbidden");
  const { limit = DEFAULT_PAGE, cursor } = input;
  const after = cursor === undefined ? null : decodeCursor(cursor);
  const [name, id] = after ?? [];
  if (cursor !== undefined && (typeof name !== "string" || !isUuid(id) || after?.length !== 2)) return badCursor();
  const rows = await withActor(ctx, (tx) =>
    tx.db
      .select()
      .from(users)
      .where(
        and(...wanted(input), after ? sql`(${users.displayName}, ${users.id}) > (${name}, ${id}::uuid)` : undefined),
      )
      .orderBy(asc(users.displayName), asc(users.id))
      .limit(limit + 1),
  );
  const { items, nextCursor } = page(rows, limit, (row) => [row.displayName, row.id]);
  return ok({ items: items.map(userViewOf), nextCursor });
}

const SORTS = { name: users.displayName, email: users.email, role: users.role, created: users.createdAt } as const;
export type UserSort = keyof typeof SORTS;

/** The same accounts by page number and order, and how many there are; for the table on the page. */
export async function userTable(
  ctx: Context,
  input: Pick<ListUsersInput, "query" | "role"> & { sort: UserSort; descending: boolean; page: number; size: number },
): Promise<Result<{ items: UserView[]; total: number }, "forbidden">> {
  if (!may(ctx.actor, "account.administrate")) return refuse("forbidden");
  return withActor(ctx, async ({ db }) => {
    const where = and(...wanted(input));
    const total = await db.$count(users, where);
    const way = input.descending ? desc : asc;
    const rows = await db
      .select()
      .from(users)
      .where(where)
      .orderBy(way(SORTS[input.sort]), asc(users.id))
      .limit(input.size)
      .offset((input.page - 1) * input.size);
    return ok({ items: rows.map(userViewOf), total });
  });
}
