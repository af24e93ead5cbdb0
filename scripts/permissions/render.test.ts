import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { renderPermissions } from "./render";

it("is what docs/permissions.md says; `npm run permissions` renders it anew", () => {
  expect(readFileSync("docs/permissions.md", "utf8")).toBe(renderPermissions());
});
