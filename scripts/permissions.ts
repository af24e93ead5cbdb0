import { writeFileSync } from "node:fs";
import path from "node:path";
import { renderPermissions } from "./permissions/render";

writeFileSync(path.join(import.meta.dirname, "../docs/permissions.md"), renderPermissions());
