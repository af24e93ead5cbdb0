import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { expect, it } from "vitest";
import admin from "@/messages/en/admin.json";
import { AUDITED_TABLES } from "./audited-tables";
import { SYSTEM_JOBS } from "./system-jobs";

it("has a word for every table that is audited, and for no other", () => {
  expect(Object.keys(admin.audit.tables).sort()).toEqual([...AUDITED_TABLES, "other"].sort());
});

it("has a word for every job of ours, and for no other", () => {
  const sources = ["db", "lib", "scripts", "workers"].flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => file.endsWith(".ts") && !file.endsWith(".test.ts"))
      .map((file) => readFileSync(path.join(folder, file), "utf8")),
  );
  const named = /(?:asSystem|systemContext|runOf)\([^"\n]*"([\w-]+)"|job: "([\w-]+)"/g;
  const found = sources.flatMap((text) => [...text.matchAll(named)].map(([, ...names]) => names.find(Boolean)));
  // `live_session` speaks for itself, in SQL.
  expect([...new Set([...found, "session"])].sort()).toEqual([...SYSTEM_JOBS].sort());
  expect(Object.keys(admin.audit.jobs).sort()).toEqual([...SYSTEM_JOBS, "other"].sort());
});
