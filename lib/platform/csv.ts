type Cell = string | number | null;

/** Spreadsheets run what begins like this (OWASP, CSV injection); an apostrophe makes it text. */
const FORMULA = /^[=+\-@\t\r]/;

function cell(value: Cell): string {
  if (value === null) return "";
  if (typeof value === "number") return String(value);
  const text = FORMULA.test(value) ? `'${value}` : value;
  return /[",\r\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** RFC 4180 with a byte order mark, so that spreadsheets read it as UTF-8. Text that would run as a formula is made harmless. */
export const csvText = (rows: Iterable<readonly Cell[]>): string =>
  `\uFEFF${Array.from(rows, (row) => `${row.map(cell).join(",")}\r\n`).join("")}`;

/** An answer that the browser keeps as a file. */
export const csvResponse = (name: string, rows: Iterable<readonly Cell[]>): Response =>
  new Response(csvText(rows), {
    headers: {
      "content-type": "text/csv; charset=utf-8",
      "content-disposition": `attachment; filename="${name}.csv"`,
      "cache-control": "no-store",
    },
  });
