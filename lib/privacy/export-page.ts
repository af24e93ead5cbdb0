import type { PatientExport, Row } from "./export-view";

type Words = { (key: string, values?: Record<string, string | number>): string; has: (key: string) => boolean };
type Reader = {
  /** Of the namespace `privacy.file`. */
  t: Words;
  locale: string;
  direction: "ltr" | "rtl";
  timeZone: string;
  clinicName: string;
};

/** The page's whole style; its hash is in the page's own policy, which lets nothing else in. */
const STYLE = `body{font:1rem/1.5 system-ui,sans-serif;max-width:48rem;margin:2rem auto;padding:0 1rem;color:#1d2426;background:#fff}
h1{font-size:1.6rem}h2{font-size:1.25rem;margin:2.5rem 0 .5rem;border-bottom:2px solid #0f5c63}h3{font-size:1rem;margin:1.2rem 0 .3rem}
article{border-top:1px solid #c9d0d2;padding:.6rem 0;break-inside:avoid}h2+article,h3+article{border-top:0}article article{margin-inline-start:1.2rem}
dl{display:grid;grid-template-columns:minmax(8rem,1fr) 2fr;gap:.15rem 1rem;margin:0}dt{color:#4d585b}dd{margin:0;white-space:pre-wrap;overflow-wrap:anywhere}
@media(max-width:30rem){dl{grid-template-columns:1fr}dd{margin-bottom:.4rem}}@media print{body{margin:0;max-width:none}}`;

const inHtml = (text: string) => text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);

/** Ids say nothing to a reader; they are in the other form. */
const isForReaders = (key: string) => !/^id$|Ids?$/.test(key) || key === "externalId";
const INSTANT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}/;

/**
 * An export for people: one HTML file with everything in it, without scripts, and with nothing that is fetched. What a text holds can be no markup.
 * @param styleHash SHA-256 of the style, base64
 */
export function exportPage(data: PatientExport, reader: Reader, styleHash: string): string {
  const { t, locale, direction, clinicName, timeZone } = reader;
  const person = data.patient as Row;
  const name = `${person.givenName} ${person.familyName}`;
  const title = inHtml(t("title", { name }));
  const lead = t("lead", { clinic: clinicName, date: inWords(data.madeAt, reader), zone: timeZone });
  const { account, withheld, format: _f, madeAt: _m, patient, ...lists } = data;
  const parts = [
    section("patient", [patient], reader),
    section("account", account ? [account] : [], reader),
    ...Object.entries(lists).map(([key, rows]) => section(key, rows as Row[], reader)),
    withheldPart(withheld, reader),
  ];
  return `<!doctype html>
<html lang="${inHtml(locale)}" dir="${direction}"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-${styleHash}'">
<title>${title}</title><style>${STYLE}</style></head>
<body><main><h1>${title}</h1><p>${inHtml(lead)}</p>
${parts.join("\n")}
<p>${inHtml(t("rights"))}</p></main></body></html>
`;
}

export const exportStyle = STYLE;

function section(key: string, rows: readonly Row[], reader: Reader): string {
  const body =
    rows.length === 0 ? `<p>${inHtml(reader.t("none"))}</p>` : rows.map((row) => entry(row, reader)).join("\n");
  return `<section><h2>${inHtml(reader.t(`sections.${key}`))}</h2>${body}</section>`;
}

/** One row: its values by name, then what lies below it. */
function entry(row: Row, reader: Reader): string {
  const values: string[] = [];
  const below: string[] = [];
  for (const [key, value] of Object.entries(row)) {
    if (!isForReaders(key) || isNothing(value)) continue;
    if (reader.t.has(`sections.${key}`)) {
      const rows = Array.isArray(value) ? (value as Row[]) : [value as Row];
      below.push(`<h3>${inHtml(reader.t(`sections.${key}`))}</h3>${rows.map((one) => entry(one, reader)).join("\n")}`);
    } else values.push(`<dt>${inHtml(reader.t(`labels.${key}`))}</dt><dd>${inHtml(inWords(value, reader))}</dd>`);
  }
  return `<article><dl>${values.join("")}</dl>${below.join("")}</article>`;
}

const isNothing = (value: unknown) =>
  value === null || value === undefined || (Array.isArray(value) && value.length === 0);

function inWords(value: unknown, reader: Reader): string {
  const { t, locale, timeZone } = reader;
  if (typeof value === "boolean") return t(value ? "yes" : "no");
  if (typeof value === "string" && INSTANT.test(value))
    return new Intl.DateTimeFormat(locale, { dateStyle: "long", timeStyle: "short", timeZone }).format(new Date(value));
  if (Array.isArray(value)) return value.map((one) => inWords(one, reader)).join(", ");
  if (value !== null && typeof value === "object")
    return Object.entries(value)
      .filter(([key, inner]) => isForReaders(key) && !isNothing(inner))
      .map(([key, inner]) => (key === "name" ? inWords(inner, reader) : `${key}: ${inWords(inner, reader)}`))
      .join("; ");
  return String(value);
}

function withheldPart(withheld: PatientExport["withheld"], { t }: Reader): string {
  const items = withheld.map(({ reason, count }) => `<li>${inHtml(t(`withheldReasons.${reason}`))} (${count})</li>`);
  const body = items.length > 0 ? `<ul>${items.join("")}</ul>` : `<p>${inHtml(t("withheldNone"))}</p>`;
  return `<section><h2>${inHtml(t("withheld"))}</h2>${body}</section>`;
}
