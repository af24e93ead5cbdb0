import type { Context } from "@/lib/platform/context";

/** More than that nobody reads through. */
const MOST = 1_000;

/** Names of all doctors, those who have left too, in order; one of each. */
export async function doctorNames(ctx: Context): Promise<string[]> {
  const rows = await ctx.db.pg<{ name: string }[]>`select distinct name from doctors order by name limit ${MOST}`;
  return rows.map(({ name }) => name);
}
