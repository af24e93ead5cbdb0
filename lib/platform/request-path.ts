const BASE = "http://here.invalid";

/** A path of our own to go on to, or `fallback`: never another host, however the address is dressed up. */
export function safePath(wanted: unknown, fallback = "/"): string {
  if (typeof wanted !== "string" || !/^\/(?![/\\])/.test(wanted) || wanted.length > 2_000) return fallback;
  // Browsers drop tabs and newlines inside an address, so `/\t/evil.example` would leave.
  if (/[\p{Cc}\\]/u.test(wanted) || !URL.canParse(wanted, BASE)) return fallback;
  const url = new URL(wanted, BASE);
  return url.origin === BASE ? `${url.pathname}${url.search}${url.hash}` : fallback;
}
