/** The most that one file may have. */
export const MAX_FILE_BYTES = 20 * 1024 * 1024;

export type FileType = "application/pdf" | "image/jpeg" | "image/png";

const startsWith = (bytes: Buffer, ...signs: number[]) => signs.every((sign, at) => bytes[at] === sign);
const endsWith = (bytes: Buffer, ...signs: number[]) => bytes.subarray(-signs.length).equals(Buffer.from(signs));

/** A picture may not unfold to more than this: 100 megapixels are a large scan. */
const MAX_PIXELS = 100_000_000;

/**
 * What a file is by its content; null for whatever is none of the three, or is that and something else as well: a file that another program
 * would read as a page, a script or an archive, or a picture that unfolds without bounds.
 */
export function fileType(bytes: Buffer): FileType | null {
  if (holdsMarkup(bytes) || holdsArchive(bytes)) return null;
  if (startsWith(bytes, 0x25, 0x50, 0x44, 0x46, 0x2d)) return isPdf(bytes) ? "application/pdf" : null;
  if (startsWith(bytes, 0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a)) return isPng(bytes) ? "image/png" : null;
  if (startsWith(bytes, 0xff, 0xd8, 0xff)) return isJpeg(bytes) ? "image/jpeg" : null;
  return null;
}

/** Browsers and mail programs that sniff look at the beginning. */
function holdsMarkup(bytes: Buffer): boolean {
  const head = bytes.subarray(0, 1024).toString("latin1").toLowerCase();
  return /<(!doctype|html|script|svg|head|body|iframe|\?xml|\?php)/.test(head);
}

/** An archive is found from its end: the directory of a ZIP, and so of a JAR or an Office file. */
function holdsArchive(bytes: Buffer): boolean {
  return bytes.subarray(-65_557).includes(Buffer.from("PK\x05\x06", "latin1"));
}

/** It ends where PDF says it does, and holds no script, program or file. Only long words are looked for: short ones come about in any picture. */
function isPdf(bytes: Buffer): boolean {
  if (!bytes.subarray(-1024).includes("%%EOF")) return false;
  return !/\/(JavaScript|Launch|EmbeddedFile|RichMedia)\b/.test(bytes.toString("latin1"));
}

/** The first chunk says its size, and the last one is the end. */
function isPng(bytes: Buffer): boolean {
  if (bytes.length < 45 || bytes.toString("latin1", 12, 16) !== "IHDR") return false;
  const end = [0, 0, 0, 0, 0x49, 0x45, 0x4e, 0x44, 0xae, 0x42, 0x60, 0x82];
  return isSane(bytes.readUInt32BE(16), bytes.readUInt32BE(20)) && endsWith(bytes, ...end);
}

const isSane = (width: number, height: number) => width > 0 && height > 0 && width * height <= MAX_PIXELS;

/** Walks the segments to the frame that says its size (ITU T.81 B.1); it ends with its end mark. */
function isJpeg(bytes: Buffer): boolean {
  if (!endsWith(bytes, 0xff, 0xd9)) return false;
  for (let at = 2; at + 9 < bytes.length && bytes[at] === 0xff; ) {
    const marker = bytes[at + 1] ?? 0;
    const isFrame = marker >= 0xc0 && marker <= 0xcf && ![0xc4, 0xc8, 0xcc].includes(marker);
    if (isFrame) return isSane(bytes.readUInt16BE(at + 7), bytes.readUInt16BE(at + 5));
    at += 2 + bytes.readUInt16BE(at + 2);
  }
  return false;
}

/** A name as it may stand in a header and on a disk: no way to another folder, no sign that cuts a line, the ending that the content has. */
export function safeFileName(name: string, type: FileType): string {
  const ending = { "application/pdf": "pdf", "image/jpeg": "jpg", "image/png": "png" }[type];
  const base = (name.normalize("NFC").split(/[\\/]/).at(-1) ?? "").replace(/\.[^.]*$/, "");
  const plain = base
    .replace(/[^\p{L}\p{M}\p{N} ._()-]/gu, "_")
    .replace(/^[. ]+|[. ]+$/g, "")
    .slice(0, 120);
  return `${plain || "file"}.${ending}`;
}
