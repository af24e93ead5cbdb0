import { randomBytes } from "node:crypto";

/** No 0/O, 1/I/L, 5/S, 8/B, 2/Z, U/V: what sounds or looks alike over the telephone. 20 signs to the power of 8 is 25.6 billion codes. */
const SIGNS = "34679ACDEFGHJKMNPRTX";
const LENGTH = 8;
/** Bytes from here on would favour the first signs. */
const FAIR = 256 - (256 % SIGNS.length);

let pool = Buffer.alloc(0);
let used = 0;

function fairByte(): number {
  for (;;) {
    if (used >= pool.length) {
      pool = randomBytes(1_024);
      used = 0;
    }
    const byte = pool[used++] as number;
    if (byte < FAIR) return byte;
  }
}

/** A short random code for a visit, such as `K7MA-3DX9`; a writer that meets a taken one draws again. */
export function newReference(): string {
  let code = "";
  for (let at = 0; at < LENGTH; at++) {
    if (at === LENGTH / 2) code += "-";
    code += SIGNS[fairByte() % SIGNS.length];
  }
  return code;
}

/** What somebody typed or read out, in the form in which it is kept; null where it can be no reference. */
export function normaliseReference(typed: string): string | null {
  const signs = typed.toUpperCase().replace(/[^A-Z0-9]/g, "");
  if (signs.length !== LENGTH || [...signs].some((sign) => !SIGNS.includes(sign))) return null;
  return `${signs.slice(0, LENGTH / 2)}-${signs.slice(LENGTH / 2)}`;
}
