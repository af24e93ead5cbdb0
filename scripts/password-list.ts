import { readFileSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import path from "node:path";
import { filterOf } from "@/lib/accounts/password-list";

/** The most common passwords of public breaches, lower case, as zxcvbn collected them (MIT). */
export function listedPasswords(): string[] {
  const entry = createRequire(import.meta.url).resolve("@zxcvbn-ts/language-common/package.json");
  return JSON.parse(readFileSync(path.join(path.dirname(entry), "src/passwords.json"), "utf8"));
}

if (process.argv[1] === import.meta.filename) {
  const words = listedPasswords();
  const filter = filterOf(words);
  writeFileSync("lib/accounts/password-list.bin", filter);
  console.log(`${words.length} passwords in ${filter.length} bytes`);
}
