export type Params = Record<string, string | undefined>;

/** An address with its query; what is undefined is left out. */
export function hrefOf(path: string, params: Params): string {
  const pairs = Object.entries(params).filter((pair): pair is [string, string] => pair[1] !== undefined);
  const query = new URLSearchParams(pairs).toString();
  return query ? `${path}?${query}` : path;
}
