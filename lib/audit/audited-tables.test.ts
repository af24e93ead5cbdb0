import { expect, it } from "vitest";
import admin from "@/messages/en/admin.json";
import { AUDITED_TABLES } from "./audited-tables";

it("has a word for every table that is audited, and for no other", () => {
  expect(Object.keys(admin.audit.tables).sort()).toEqual([...AUDITED_TABLES, "other"].sort());
});
