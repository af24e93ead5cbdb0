import { isUtf8 } from "node:buffer";
import { Transform, type TransformCallback } from "node:stream";
import { ImportFault } from "./fault";

const NEWLINE = 0x0a;

/** Passes UTF-8 through and fails at the first byte that is not, saying in which line, column and field it stands. */
export class Utf8Guard extends Transform {
  #line = 1;
  #carry: Buffer<ArrayBufferLike> = Buffer.alloc(0);
  #header = "";

  constructor(
    readonly file: string,
    readonly delimiter: string,
  ) {
    super();
  }

  /** Whole lines are checked; what follows the last line break waits for its end. */
  override _transform(chunk: Buffer, _: BufferEncoding, done: TransformCallback): void {
    const held = this.#carry.length > 0 ? Buffer.concat([this.#carry, chunk]) : chunk;
    const end = held.lastIndexOf(NEWLINE) + 1;
    // A line without end would be held whole: check it by the piece, at a byte that starts a character.
    const cut = end > 0 ? end : held.length > 65_536 ? characterStart(held) : 0;
    this.#carry = held.subarray(cut);
    done(this.#check(held.subarray(0, cut)));
  }

  override _flush(done: TransformCallback): void {
    done(this.#check(this.#carry));
  }

  #check(bytes: Buffer): Error | null {
    if (bytes.length === 0) return null;
    if (!isUtf8(bytes)) return this.#fault(bytes);
    if (this.#line === 1) this.#header = bytes.toString("utf8").split(/\r?\n/, 1)[0] ?? "";
    for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) this.#line++;
    this.push(bytes);
    return null;
  }

  #fault(bytes: Buffer): ImportFault {
    let start = 0;
    let line = this.#line;
    for (;;) {
      const end = bytes.indexOf(NEWLINE, start);
      const stop = end < 0 ? bytes.length : end;
      const one = bytes.subarray(start, stop);
      if (!isUtf8(one) || end < 0) return this.#faultIn(one, line, bytes.subarray(0, start));
      if (line === 1) this.#header = one.toString("utf8").trimEnd();
      start = end + 1;
      line++;
    }
  }

  #faultIn(one: Buffer, line: number, _before: Buffer): ImportFault {
    let good = 0;
    for (let next = good; next < one.length; good = next) {
      next = good + 1;
      while (next < one.length && ((one[next] as number) & 0xc0) === 0x80) next++;
      if (!isUtf8(one.subarray(good, next))) break;
    }
    const before = one.subarray(0, good).toString("utf8");
    const byte = (one[good] ?? 0).toString(16).toUpperCase().padStart(2, "0");
    const column =
      line > 1 ? fields(this.#header, this.delimiter)[fields(before, this.delimiter).length - 1] : undefined;
    return new ImportFault(this.file, `the byte ${byte} is not UTF-8; save the file as UTF-8`, {
      line,
      character: [...before].length + 1,
      column,
    });
  }
}

function characterStart(bytes: Buffer): number {
  let at = bytes.length - 1;
  while (at > 0 && ((bytes[at] as number) & 0xc0) === 0x80) at--;
  return at;
}

/** Fields of one line, near enough to name one of them. */
const fields = (line: string, delimiter: string) =>
  line
    .replace(/^\uFEFF/, "")
    .replace(/"[^"]*"?/g, (quoted) => quoted.replaceAll(delimiter, " ").replaceAll('"', ""))
    .split(delimiter);
