const SYSTEMS: [RegExp, string][] = [
  [/iPhone|iPad/, "iOS"],
  [/Android/, "Android"],
  [/Windows/, "Windows"],
  [/Mac OS X/, "macOS"],
  [/CrOS/, "ChromeOS"],
  [/Linux/, "Linux"],
];
// Each names those that it claims to be, so the order matters.
const BROWSERS: [RegExp, string][] = [
  [/Edg(e|A|iOS)?\//, "Edge"],
  [/OPR\//, "Opera"],
  [/Firefox\/|FxiOS\//, "Firefox"],
  [/Chrome\/|CriOS\//, "Chrome"],
  [/Safari\//, "Safari"],
];

const firstOf = (known: [RegExp, string][], text: string) => known.find(([pattern]) => pattern.test(text))?.[1];

/** Browser and system as their makers call them, from a User-Agent; null where it names neither. */
export function deviceOf(userAgent: string | null): { browser: string; system: string } | null {
  const browser = firstOf(BROWSERS, userAgent ?? "");
  const system = firstOf(SYSTEMS, userAgent ?? "");
  return browser && system ? { browser, system } : null;
}

/** The network that an address is of, so that a router's new address is not a new place: /24 of IPv4, /48 of IPv6. */
export function networkOf(address: string): string {
  if (address.includes(".")) return address.split(".").slice(0, 3).join(".");
  return address.split(":").slice(0, 3).join(":");
}
