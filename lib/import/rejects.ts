import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { rename } from "node:fs/promises";
import { ImportFault } from "./fault";
import type { StagedRow } from "./stage";

export type Reject = { code: string; detail: string };
export type RejectFile = { add: (row: StagedRow, reject: Reject) => Promise<void>; close: () => Promise<void> };

/** Refused rows as they stood in the file, with line, code and reason before them. It takes its name once it is whole. */
export async function openRejects(path: string, header: string[], delimiter: string): Promise<RejectFile> {
  const part = `${path}.part`;
  const out = createWriteStream(part, { encoding: "utf8" });
  await once(out, "open").catch(() => {
    throw new ImportFault(path, "refused rows can't be written there; say where with --rejected");
  });
  const write = async (fields: (string | number)[]) => {
    if (!out.write(`${fields.map((field) => quoted(String(field), delimiter)).join(delimiter)}\n`))
      await once(out, "drain");
  };
  await write(["line", "code", "reason", ...header]);
  return {
    add: ({ line, fields }, { code, detail }) => write([line, code, detail, ...fields]),
    close: async () => {
      out.end();
      await once(out, "finish");
      await rename(part, path);
    },
  };
}

const quoted = (field: string, delimiter: string) =>
  field.includes(delimiter) || /["\r\n]/.test(field) ? `"${field.replaceAll('"', '""')}"` : field;
