import {
  createLoader,
  createSerializer,
  parseAsArrayOf,
  parseAsInteger,
  parseAsNativeArrayOf,
  parseAsNumberLiteral,
  parseAsString,
  parseAsStringLiteral,
  type SearchParams,
} from "nuqs/server";

export type FilterKind = "text" | "date" | "choice" | "choices";
/** What of a table lives in the URL. One constant per table, read by the page on the server and by the table in the browser. */
export type TableSpec = {
  /** Column ids that may be sorted by. */
  sorts: readonly string[];
  /** A column id, with "-" before it for descending. */
  defaultSort: string;
  filters: Readonly<Record<string, FilterKind>>;
};
export type TableQuery = {
  /** From 1. */
  page: number;
  size: number;
  sort: { key: string; descending: boolean };
  /** Only filters that are set; "choices" may have several values, the others have one. */
  filters: Record<string, string[]>;
};

export const pageSizes = [25, 50, 100] as const;

/** nuqs parsers of a spec. Keys `page`, `size`, `sort`, `hide` are the table's own; filters use theirs. */
export function tableParsers(spec: TableSpec) {
  const sortWords = spec.sorts.flatMap((key) => [key, `-${key}`]);
  const filters = Object.fromEntries(
    // Every filter is a list, as that is what a form's repeated fields are; one value is a list of one.
    Object.keys(spec.filters).map((key) => [key, parseAsNativeArrayOf(parseAsString).withDefault([])]),
  );
  return {
    ...filters,
    page: parseAsInteger.withDefault(1),
    size: parseAsNumberLiteral(pageSizes).withDefault(pageSizes[0]),
    sort: parseAsStringLiteral(sortWords).withDefault(spec.defaultSort),
    hide: parseAsArrayOf(parseAsString).withDefault([]),
  };
}

const valuesOf = (value: unknown): string[] =>
  (Array.isArray(value) ? value : [value]).filter(
    (item): item is string => typeof item === "string" && item.trim() !== "",
  );

/** "-startsAt" as a key and a direction. */
export const parseSort = (sort: string) => ({ key: sort.replace(/^-/, ""), descending: sort.startsWith("-") });

/** Reads a page's `searchParams` by its spec; what is unknown or out of bounds falls back to the defaults. */
export async function readTableQuery(spec: TableSpec, searchParams: Promise<SearchParams>): Promise<TableQuery> {
  const query: Record<string, unknown> & { page: number; size: number; sort: string } = await createLoader(
    tableParsers(spec),
  )(searchParams);
  const filters: Record<string, string[]> = {};
  for (const key of Object.keys(spec.filters)) {
    const values = valuesOf(query[key]);
    if (values.length > 0) filters[key] = spec.filters[key] === "choices" ? values : values.slice(0, 1);
  }
  return { page: Math.max(1, query.page), size: query.size, sort: parseSort(query.sort), filters };
}

/** Makes "?page=2&sort=-startsAt" from values, leaving defaults out. */
export const tableSerializer = (spec: TableSpec) => createSerializer(tableParsers(spec));
