import { unstorableText } from "./json-body";

/** Opaque to clients: base64url of the last row's sort values. */
export const encodeCursor = (values: readonly (string | number)[]): string =>
  Buffer.from(JSON.stringify(values)).toString("base64url");

/** The values behind a cursor, or null where it is none of ours. */
export function decodeCursor(cursor: string): (string | number)[] | null {
  try {
    const values: unknown = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
    const fine =
      Array.isArray(values) && values.every((value) => typeof value === "string" || typeof value === "number");
    return fine && unstorableText(values).length === 0 ? values : null;
  } catch {
    return null;
  }
}

/** One page of rows that were read with `limit + 1`: the extra row only says that there is more. */
export function page<Row>(rows: Row[], limit: number, cursorOf: (row: Row) => readonly (string | number)[]) {
  const items = rows.slice(0, limit);
  const last = items.at(-1);
  return { items, nextCursor: rows.length > limit && last !== undefined ? encodeCursor(cursorOf(last)) : null };
}
