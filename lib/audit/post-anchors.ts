import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import path from "node:path";
import { AUDIT_CHAINS } from "@/db/schema";
import type { Anchor, AnchorStore } from "./anchors";
import type { Chain } from "./chains";

/** Where anchors are sent besides the folder: an address that takes them by POST, and the bearer token that it asks for. */
export type AnchorSink = { url: string; token: string };
/** How far the sink has followed. `failingSince`: when it first said no, until it says yes again. */
export type SinkState = { posted: Partial<Record<Chain, { number: number; hash: string }>>; failingSince?: string };

const AT_ONCE = 500;
const TIMEOUT_MS = 10_000;

/** The sink did not take the anchors; it is asked again. */
export class SinkRefused extends Error {
  override readonly name = "SinkRefused";
}

const fileIn = (folder: string) => path.join(folder, "posted.json");

/** What is known of the sink; null where nothing has been sent from this folder. */
export async function sinkState(folder: string): Promise<SinkState | null> {
  try {
    return JSON.parse(await readFile(fileIn(folder), "utf8")) as SinkState;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return null;
    throw error;
  }
}

/** Throws where the sink does not take anchors, or has never been sent any. */
export async function assertPosted(folder: string): Promise<void> {
  const state = await sinkState(folder);
  if (!state) throw new SinkRefused("nothing has been sent to the anchor sink");
  if (state.failingSince) throw new SinkRefused(`the anchor sink fails since ${state.failingSince}`);
}

async function keep(folder: string, state: SinkState): Promise<void> {
  await mkdir(folder, { recursive: true, mode: 0o700 });
  const beside = `${fileIn(folder)}.${process.pid}.new`;
  await writeFile(beside, JSON.stringify(state), { mode: 0o600 });
  await rename(beside, fileIn(folder));
}

/** Those that came after the last one taken; all of them where that one is not there any more (anchored anew). */
async function waiting(store: AnchorStore, chain: Chain, last: SinkState["posted"][Chain]): Promise<Anchor[]> {
  const all: Anchor[] = [];
  for await (const anchor of store.read(chain)) all.push(anchor);
  const at = last ? all.findLastIndex(({ number, hash }) => number === last.number && hash === last.hash) : -1;
  return all.slice(at + 1);
}

async function post({ url, token }: AnchorSink, chain: Chain, anchors: Anchor[]): Promise<void> {
  const response = await fetch(url, {
    method: "POST",
    headers: { authorization: `Bearer ${token}`, "content-type": "application/json" },
    body: JSON.stringify({ chain, anchors }),
    redirect: "error",
    signal: AbortSignal.timeout(TIMEOUT_MS),
  }).catch(() => null);
  await response?.body?.cancel();
  if (!response?.ok) throw new SinkRefused(`the anchor sink answers ${response?.status ?? "nothing"}`);
}

/**
 * Sends the sink what the folder's anchors have that it has not taken yet, in their order; gives how many. Sealing does not wait for it: the folder comes
 * first, and this reads from there. An anchor may be sent twice where an answer is lost. Throws `SinkRefused`.
 */
export async function postAnchors(store: AnchorStore, sink: AnchorSink, now: Date): Promise<number> {
  const state: SinkState = (await sinkState(store.place)) ?? { posted: {} };
  let sent = 0;
  try {
    for (const chain of AUDIT_CHAINS) {
      const anchors = await waiting(store, chain, state.posted[chain]);
      for (let at = 0; at < anchors.length; at += AT_ONCE) {
        const batch = anchors.slice(at, at + AT_ONCE);
        await post(sink, chain, batch);
        const { number, hash } = batch.at(-1) as Anchor;
        state.posted[chain] = { number, hash };
        sent += batch.length;
        await keep(store.place, { posted: state.posted });
      }
    }
  } catch (error) {
    await keep(store.place, { posted: state.posted, failingSince: state.failingSince ?? now.toISOString() });
    throw error;
  }
  if (state.failingSince || sent === 0) await keep(store.place, { posted: state.posted });
  return sent;
}
