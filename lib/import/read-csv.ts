import { createReadStream } from "node:fs";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { CsvError, parse } from "csv-parse";
import { ImportFault } from "./fault";
import type { ImportMap } from "./map";
import { Utf8Guard } from "./utf8-guard";

/** One row as it stands in the file; `line` is where it ends. */
export type CsvRow = { line: number; fields: string[] };
export type CsvFile = { header: string[]; rows: AsyncIterable<CsvRow> };

/** Longer than any row that is meant: a quote that is never closed would otherwise take in the rest of the file. */
const MAX_ROW_CHARACTERS = 1_000_000;

type Parsed = { record: string[]; info: { lines: number } };

/**
 * Opens a CSV and reads its header. Throws an `ImportFault` that names line and column where a mapped column is missing, the bytes are
 * not UTF-8, a quote is broken or a row has too few or too many fields; the latter while the rows are read.
 */
export async function openCsv(file: string, map: ImportMap): Promise<CsvFile> {
  const records = parsedRecords(file, map.delimiter);
  const first = await records.next();
  if (first.done) throw new ImportFault(file, "the file is empty; its first line must name the columns", { line: 1 });
  const header = first.value.record.map((name) => name.trim());
  checkHeader(file, header, map);
  return { header, rows: rowsOf(records) };
}

async function* rowsOf(records: AsyncIterable<Parsed>): AsyncGenerator<CsvRow> {
  for await (const { record, info } of records) yield { line: info.lines, fields: record };
}

async function* parsedRecords(file: string, delimiter: string): AsyncGenerator<Parsed> {
  const parser = parse({
    bom: true,
    delimiter,
    info: true,
    skip_empty_lines: true,
    max_record_size: MAX_ROW_CHARACTERS,
  });
  const guard = new Utf8Guard(file, delimiter);
  const reading = pipeline(createReadStream(file), guard, parser).catch((error: unknown) => faultOf(file, error));
  try {
    for await (const parsed of Readable.from(parser)) yield parsed as Parsed;
  } catch {
    // The pipeline tells the same fault, with more in it.
  }
  const fault = await reading;
  if (fault) throw fault;
}

function checkHeader(file: string, header: string[], map: ImportMap): void {
  for (const [index, name] of header.entries()) {
    if (header.indexOf(name) !== index)
      throw new ImportFault(file, "two columns have this name", { line: 1, character: index + 1, column: name });
  }
  for (const [field, name] of Object.entries(map.columns)) {
    if (name === undefined || header.includes(name)) continue;
    const what = `there is no such column, and the map reads ${field} from it; the file has ${header.join(", ")}`;
    throw new ImportFault(file, what, { line: 1, column: name });
  }
}

const WORDS: Readonly<Partial<Record<string, string>>> = {
  CSV_QUOTE_NOT_CLOSED: "a quote is opened and never closed",
  CSV_INVALID_CLOSING_QUOTE: "a quote is closed in the middle of a field",
  INVALID_OPENING_QUOTE: "a quote stands in the middle of a field that does not start with one",
  CSV_NON_TRIMABLE_CHAR_AFTER_CLOSING_QUOTE: "something follows a closing quote",
  CSV_RECORD_INCONSISTENT_FIELDS_LENGTH: "the row has more or fewer fields than the first line",
  CSV_RECORD_INCONSISTENT_COLUMNS: "the row has more or fewer fields than the first line",
  CSV_MAX_RECORD_SIZE: "the row is too long",
};

function faultOf(file: string, error: unknown): Error {
  if (error instanceof ImportFault) return error;
  if (error instanceof CsvError) {
    const { lines, column } = error as CsvError & { lines?: number; column?: number | string };
    const character = typeof column === "number" ? column + 1 : undefined;
    const what = WORDS[error.code] ?? "the row cannot be read";
    return new ImportFault(file, what, { line: lines, character });
  }
  const { code } = error as { code?: string };
  if (code === "ENOENT") return new ImportFault(file, "there is no such file");
  if (code === "EACCES" || code === "EISDIR") return new ImportFault(file, "cannot be read");
  return error instanceof Error ? error : new Error(String(error));
}
