export type ReadMail = { to: string; subject: string; date: string | null; text: string; calendar: string | null };

type Part = { headers: Map<string, string>; body: string };

/** Reads back what `fileMail` writes: headers, the text part and the calendar entry. No general mail reader. */
export function readMail(source: string): ReadMail {
  const whole = partOf(source.replaceAll("\r\n", "\n"));
  const leaves = leavesOf(whole);
  const partOfType = (type: string) => leaves.find((leaf) => typeOf(leaf) === type);
  const [text, calendar] = [partOfType("text/plain"), partOfType("text/calendar")];
  return {
    to: decodeWords(whole.headers.get("to") ?? ""),
    subject: decodeWords(whole.headers.get("subject") ?? ""),
    date: whole.headers.get("date") ?? null,
    text: text ? decodeBody(text) : "",
    calendar: calendar ? decodeBody(calendar) : null,
  };
}

function partOf(source: string): Part {
  const gap = source.indexOf("\n\n");
  const [head, body] = gap < 0 ? [source, ""] : [source.slice(0, gap), source.slice(gap + 2)];
  const unfolded = head.replace(/\n[ \t]+/g, " ");
  const headers = new Map<string, string>();
  for (const line of unfolded.split("\n")) {
    const colon = line.indexOf(":");
    if (colon > 0) headers.set(line.slice(0, colon).toLowerCase(), line.slice(colon + 1).trim());
  }
  return { headers, body };
}

const typeOf = ({ headers }: Part) => (headers.get("content-type") ?? "text/plain").split(";")[0]?.trim().toLowerCase();

function leavesOf(part: Part): Part[] {
  const boundary = /boundary="?([^";]+)"?/i.exec(part.headers.get("content-type") ?? "")?.[1];
  if (!boundary) return [part];
  const inner = part.body.split(`--${boundary}`).slice(1, -1);
  return inner.flatMap((source) => leavesOf(partOf(source.replace(/^\n/, "").replace(/\n$/, ""))));
}

function decodeBody({ headers, body }: Part): string {
  const encoding = headers.get("content-transfer-encoding")?.toLowerCase();
  if (encoding === "base64") return Buffer.from(body, "base64").toString("utf8");
  return encoding === "quoted-printable" ? decodeQuoted(body.replace(/=\n/g, "")) : body;
}

const decodeQuoted = (text: string) =>
  Buffer.from(
    text.replace(/=([0-9A-F]{2})/gi, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    "latin1",
  ).toString("utf8");

/** RFC 2047 encoded words. */
const decodeWords = (text: string) =>
  text
    .replace(/\?=\s+=\?/g, "?==?")
    .replace(/=\?utf-8\?([bq])\?([^?]*)\?=/gi, (_, kind: string, word: string) =>
      kind.toLowerCase() === "b"
        ? Buffer.from(word, "base64").toString("utf8")
        : decodeQuoted(word.replaceAll("_", " ")),
    );
