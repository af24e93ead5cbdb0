import { type FileHandle, mkdir, open, rename } from "node:fs/promises";
import path from "node:path";
import type { Chain } from "./chains";
import type { Seal } from "./seal";

/** What is kept of a seal outside the database. */
export type Anchor = {
  number: number;
  kind: "begun" | Seal["kind"];
  lastId: number;
  rows: number;
  at: string;
  /** Hexadecimal. */
  hash: string;
  keyId: string | null;
  mac: string | null;
  /** Of `begun` only: why anchoring begins here. */
  reason?: string;
};

/**
 * Where the heads of the chains lie outside the database, in the order in which they came. Nothing is ever overwritten: an adapter for a cloud's
 * write-once store puts each anchor as an object of its own. Callers take turns.
 */
export interface AnchorStore {
  /** For whoever has to look there. */
  readonly place: string;
  /** The last anchor, null where nothing was anchored. Throws `AnchorUnreadable`. */
  head(chain: Chain): Promise<Anchor | null>;
  append(chain: Chain, anchors: readonly Anchor[]): Promise<void>;
  /** All of them, the oldest first. Throws `AnchorUnreadable`. */
  read(chain: Chain): AsyncIterable<Anchor>;
  /** Begins anew from this anchor; what was there is put aside, and stays. */
  begin(chain: Chain, first: Anchor): Promise<void>;
}

/** A line that is no anchor: it was edited, or the disk is failing. */
export class AnchorUnreadable extends Error {
  constructor(
    readonly place: string,
    readonly line?: number,
  ) {
    super(`${place}${line ? `, line ${line},` : ""} is not an anchor`);
  }
}

export const anchorOf = ({ number, kind, lastId, rowCount, at, hash, keyId, mac }: Seal): Anchor => ({
  ...{ number, kind, lastId, rows: rowCount, at: at.toISOString(), hash: hash.toString("hex"), keyId },
  mac: mac?.toString("hex") ?? null,
});

/** The head of a chain that has no seal yet. */
export const nothingYet = (at: Date, reason: string): Anchor => ({
  ...{ number: 0, kind: "begun", lastId: 0, rows: 0, at: at.toISOString(), hash: "00".repeat(32) },
  ...{ keyId: null, mac: null, reason },
});

function parse(text: string, place: string, line?: number): Anchor {
  try {
    const value: unknown = JSON.parse(text);
    if (value && typeof value === "object" && "number" in value && "hash" in value) return value as Anchor;
  } catch {
    // Said below.
  }
  throw new AnchorUnreadable(place, line);
}

const lineOf = (anchor: Anchor) => `${JSON.stringify(anchor)}\n`;
const TAIL_BYTES = 4_096;

/** A file of a line an anchor for each chain. */
export function folderAnchors(folder: string): AnchorStore {
  const fileOf = (chain: Chain) => path.join(folder, `${chain}.jsonl`);
  return {
    place: folder,
    head: async (chain) => {
      const file = await openIfThere(fileOf(chain), "r");
      if (!file) return null;
      try {
        const text = await tailOf(file, (await file.stat()).size);
        const last = text.slice(0, wholeLines(text)).trimEnd().split("\n").at(-1);
        return last ? parse(last, fileOf(chain)) : null;
      } finally {
        await file.close();
      }
    },
    append: async (chain, anchors) => {
      if (anchors.length === 0) return;
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const file = (await openIfThere(fileOf(chain), "r+")) ?? (await open(fileOf(chain), "wx", 0o600));
      try {
        await writeAtEnd(file, anchors.map(lineOf).join(""));
      } finally {
        await file.close();
      }
    },
    async *read(chain) {
      const file = await openIfThere(fileOf(chain), "r");
      if (!file) return;
      let line = 0;
      for await (const text of file.readLines()) if (text !== "") yield parse(text, fileOf(chain), ++line);
    },
    begin: async (chain, first) => {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const aside = path.join(folder, `${chain}.until-${first.at.replaceAll(":", "-")}.jsonl`);
      await rename(fileOf(chain), aside).catch(unlessMissing);
      const file = await open(fileOf(chain), "wx", 0o600);
      try {
        await writeAtEnd(file, lineOf(first));
      } finally {
        await file.close();
      }
    },
  };
}

function unlessMissing(error: unknown): null {
  if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
  throw error;
}
const openIfThere = (name: string, flags: string) => open(name, flags).catch(unlessMissing);

const wholeLines = (text: string) => text.lastIndexOf("\n") + 1;

async function tailOf(file: FileHandle, size: number): Promise<string> {
  const from = Math.max(0, size - TAIL_BYTES);
  const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
  return buffer.toString("utf8", 0, bytesRead);
}

/** After the last whole line: what a power cut left of one is not an anchor. */
async function writeAtEnd(file: FileHandle, text: string) {
  const { size } = await file.stat();
  const tail = await tailOf(file, size);
  const end = size - (Buffer.byteLength(tail) - Buffer.byteLength(tail.slice(0, wholeLines(tail))));
  await file.truncate(end);
  await file.write(text, end);
  await file.sync();
}
