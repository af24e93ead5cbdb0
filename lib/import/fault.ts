/** Where in a file something is: both counted from 1; `column` names the CSV column where one is known. */
export type Place = { line?: number; character?: number; column?: string };

/** What is wrong with a file or a map as a whole, found before anything is written. The message says where. */
export class ImportFault extends Error {
  constructor(
    readonly file: string,
    readonly what: string,
    readonly place: Place = {},
  ) {
    super(`${file}${where(place)}: ${what}`);
    this.name = "ImportFault";
  }
}

function where({ line, character, column }: Place): string {
  const words = [
    line === undefined ? "" : `line ${line}`,
    character === undefined ? "" : `column ${character}`,
    column === undefined ? "" : `"${column}"`,
  ].filter(Boolean);
  return words.length > 0 ? `, ${words.join(", ")}` : "";
}

/** Line and column of an offset into a text. */
export function placeAt(text: string, offset: number): Place {
  const before = text.slice(0, offset);
  return { line: before.split("\n").length, character: offset - before.lastIndexOf("\n") };
}
