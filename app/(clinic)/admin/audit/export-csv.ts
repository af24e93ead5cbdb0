import { getTranslations } from "next-intl/server";
import type { Result } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { csvResponse } from "@/lib/platform/csv";
import { may } from "@/lib/platform/permissions";
import { pageContext } from "@/lib/platform/request";
import { stepUpRedirect } from "@/lib/platform/step-up";

/** What a spreadsheet still opens, and what is read at once without harm. */
const MAX_ROWS = 50_000;

type Cells = Record<string, string | null>;
type Export<Item> = {
  /** The page whose rows these are. */
  page: string;
  name: string;
  rows: (
    ctx: Context,
    search: Promise<Record<string, string | string[]>>,
    size: number,
  ) => Promise<Result<{ items: Item[] }>>;
  cells: (item: Item) => Cells;
};

/** Answers all rows that the page's filters show as CSV, to an admin who has proved lately who they are; others are asked first. */
export async function exportCsv<Item>(request: Request, { page, name, rows, cells }: Export<Item>): Promise<Response> {
  const ctx = await pageContext();
  if (ctx.actor.kind !== "user") return new Response(null, { status: 401 });
  if (!may(ctx.actor, "audit.read")) return new Response(null, { status: 403 });
  const { searchParams, search } = new URL(request.url);
  const detour = stepUpRedirect(ctx, `${page}${search}`);
  if (detour) return detour;
  const asked = Object.fromEntries([...new Set(searchParams.keys())].map((key) => [key, searchParams.getAll(key)]));
  const found = await rows(ctx, Promise.resolve(asked), MAX_ROWS + 1);
  if (!found.ok) return new Response(null, { status: 403 });
  const { items } = found.value;
  if (items.length > MAX_ROWS) {
    const t = await getTranslations("admin.audit");
    // A file that ends early would look whole.
    return new Response(t("tooMany", { count: MAX_ROWS }), { status: 422 });
  }
  const lines = items.map(cells);
  return csvResponse(name, [Object.keys(lines[0] ?? {}), ...lines.map((line) => Object.values(line))]);
}
