import { calls } from "@/app/api/v1/_calls";
import { type Asker, DOORS, PERMISSIONS, RELATIONS, type Rule } from "@/lib/platform/permission-table";

const ASKERS: readonly Asker[] = ["anonymous", "patient", "doctor", "receptionist", "admin", "system"];
const COLUMNS = ASKERS.filter((asker) => asker !== "anonymous");

const row = (cells: readonly string[]) => `| ${cells.join(" | ")} |`;
const table = (head: readonly string[], rows: readonly (readonly string[])[]) =>
  [row(head), row(head.map(() => "---")), ...rows.map(row)].join("\n");

const cellOf = (rule: Rule, asker: Asker) => rule[asker]?.map((relation) => `${relation}`).join(", ") ?? "—";

function actions(isField: boolean): string {
  const rules = Object.entries(PERMISSIONS).filter(([, rule]) => Boolean(rule.isField) === isField);
  return table(
    ["action", "", ...COLUMNS],
    rules.map(([action, rule]) => [`\`${action}\``, rule.says, ...COLUMNS.map((asker) => cellOf(rule, asker))]),
  );
}

/** docs/permissions.md, from the table that the verbs ask and the calls that there are. */
export const renderPermissions = () => `# Permissions

Rendered from \`lib/platform/permission-table.ts\` by \`npm run permissions\`; a unit test fails where the two differ. Every verb asks this table, by \`may\`; nothing in
\`lib/\` compares roles on its own. Row-level security says the same once more for everything that holds patients' data, and holds with this table switched off:
\`tests/security/policies-alone.db.test.ts\`.

A cell lists relations of which one is needed; a dash means never. Nobody who is not signed in may do any of this; \`system\` is our own jobs, on the server.

${table(["relation", "to what"], Object.entries(RELATIONS))}

## Actions

${actions(false)}

## Fields

What one reads or writes of something that one may see or change by a rule above.

${actions(true)}

## Doors

Whom a call of the REST API lets in at all. What an account may do behind the door is decided by the actions above; what it may not see answers as what does not exist.

${table(
  ["door", "admits"],
  Object.entries(DOORS).map(([door, admitted]) => [`\`${door}\``, admitted.join(", ")]),
)}

${table(
  ["call", "door"],
  calls
    .map(({ method, path, access }) => [`\`${path}\` ${method}`, access])
    .sort(([a = ""], [b = ""]) => (a < b ? -1 : 1)),
)}
`;
