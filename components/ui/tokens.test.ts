import { readFileSync } from "node:fs";
import path from "node:path";
import { describe, expect, it } from "vitest";

type Colour = [lightness: number, chroma: number, hue: number];
const css = readFileSync(path.join(import.meta.dirname, "../../app/globals.css"), "utf8");

function tokens(): Map<string, { light: Colour; dark: Colour }> {
  const found = new Map<string, { light: Colour; dark: Colour }>();
  const colour = String.raw`oklch\(([\d.]+) ([\d.]+) ([\d.]+)\)`;
  for (const match of css.matchAll(new RegExp(`--([a-z0-9-]+): light-dark\\(${colour}, ${colour}\\);`, "g"))) {
    const [light, dark] = [match.slice(2, 5), match.slice(5, 8)].map((parts) => parts.map(Number) as Colour);
    if (light && dark) found.set(match[1] ?? "", { light, dark });
  }
  return found;
}

/** OKLCH to relative luminance by way of linear sRGB (Ottosson 2020; WCAG 2.2, relative luminance). */
function luminance([lightness, chroma, hue]: Colour): number {
  const a = chroma * Math.cos((hue * Math.PI) / 180);
  const b = chroma * Math.sin((hue * Math.PI) / 180);
  const l = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3;
  const m = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3;
  const s = (lightness - 0.0894841775 * a - 1.291485548 * b) ** 3;
  const clip = (value: number) => Math.min(1, Math.max(0, value));
  const red = clip(4.0767416621 * l - 3.3077115913 * m + 0.2309699292 * s);
  const green = clip(-1.2684380046 * l + 2.6097574011 * m - 0.3413193965 * s);
  const blue = clip(-0.0041960863 * l - 0.7034186147 * m + 1.707614701 * s);
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: Colour, other: Colour): number {
  const [light = 0, dark = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (light + 0.05) / (dark + 0.05);
}

const grounds = ["background", "surface", "popover", "sunken"];
const on = (ink: string, papers: string[]) => papers.map((paper) => [ink, paper] as const);
const statuses = ["booked", "arrived", "checked-in", "in-progress", "fulfilled", "no-show", "cancelled", "held"];

const textPairs = [
  ...on("foreground", [...grounds, "accent"]),
  ...on("muted-foreground", [...grounds, "accent"]),
  ...on("primary", [...grounds, "accent"]),
  ...on("primary-hover", grounds),
  ...on("destructive", grounds),
  ...on("primary-foreground", ["primary", "primary-hover"]),
  ...on("destructive-foreground", ["destructive", "destructive-hover"]),
  ...on("accent-foreground", ["accent", "surface"]),
  ...["destructive", "warning", "success"].flatMap((tone) => on(`${tone}-ink`, [`${tone}-soft`])),
  ...statuses.flatMap((status) => on(`status-${status}-ink`, [`status-${status}`])),
];
// What shows where a control is, where the focus is, and what a chart says (WCAG 2.2, 1.4.11).
const shapePairs = [
  ...on("input", ["background", "surface", "popover"]),
  ...on("ring", [...grounds, "accent"]),
  ...[1, 2, 3, 4, 5].flatMap((chart) => on(`chart-${chart}`, ["background", "surface"])),
];

describe("colour tokens", () => {
  const all = tokens();
  const ratio = ([ink, paper]: readonly [string, string], theme: "light" | "dark") => {
    const [one, other] = [all.get(ink), all.get(paper)];
    if (!one || !other) throw new Error(`No token ${one ? paper : ink}`);
    return contrast(one[theme], other[theme]);
  };
  const below = (pairs: (readonly [string, string])[], least: number) =>
    (["light", "dark"] as const).flatMap((theme) =>
      pairs
        .filter((pair) => ratio(pair, theme) < least)
        .map((pair) => `${theme}: ${pair.join(" on ")} ${ratio(pair, theme).toFixed(2)}`),
    );

  it("knows black on white", () => expect(contrast([0, 0, 0], [1, 0, 0])).toBeCloseTo(21, 1));
  it("lets every text be read in both themes", () => expect(below(textPairs, 4.5)).toEqual([]));
  it("lets every control, focus ring and chart be seen in both themes", () => expect(below(shapePairs, 3)).toEqual([]));
});
