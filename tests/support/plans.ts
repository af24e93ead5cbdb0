import type postgres from "postgres";

/** One node of a plan that reads a table: how, and how many rows it looked at in all. */
export type Read = { relation: string; node: string; index: string | undefined; rows: number };
export type Plan = { query: string; reads: Read[] };

type Node = {
  "Node Type": string;
  "Relation Name"?: string;
  "Index Name"?: string;
  "Actual Rows"?: number;
  "Actual Loops"?: number;
  "Rows Removed by Filter"?: number;
  "Rows Removed by Index Recheck"?: number;
  Plans?: Node[];
};

/** Makes every connection to this database that is opened from now on tell the plan of each statement, those inside functions included. */
export async function explainEverything(owner: postgres.Sql): Promise<void> {
  const [{ name } = { name: "" }] = await owner<{ name: string }[]>`select current_database() as name`;
  const settings = {
    session_preload_libraries: "auto_explain",
    "auto_explain.log_min_duration": "0",
    "auto_explain.log_nested_statements": "on",
    "auto_explain.log_analyze": "on",
    "auto_explain.log_timing": "off",
    "auto_explain.log_format": "json",
    "auto_explain.log_level": "notice",
  };
  for (const [key, value] of Object.entries(settings)) {
    await owner.unsafe(`alter database "${name}" set ${key} = '${value}'`);
  }
}

/** The plan that a notice of auto_explain carries; undefined for any other notice. */
export function planOf({ message = "" }: postgres.Notice): Plan | undefined {
  const start = message.indexOf("{");
  if (!/^duration: .* plan:/.test(message) || start < 0) return undefined;
  const told = JSON.parse(message.slice(start)) as { "Query Text": string; Plan: Node };
  return { query: told["Query Text"], reads: readsOf(told.Plan) };
}

function readsOf(node: Node): Read[] {
  const loops = node["Actual Loops"] ?? 0;
  const each =
    (node["Actual Rows"] ?? 0) + (node["Rows Removed by Filter"] ?? 0) + (node["Rows Removed by Index Recheck"] ?? 0);
  const relation = node["Relation Name"];
  const index = node["Index Name"];
  // What was planned for a case that did not come has read nothing.
  const own =
    relation && loops > 0 ? [{ relation, node: node["Node Type"], index, rows: Math.round(each * loops) }] : [];
  return [...own, ...(node.Plans ?? []).flatMap(readsOf)];
}
