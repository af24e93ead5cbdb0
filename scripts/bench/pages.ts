import type { BenchEnv, BenchRow } from "./bench";
import { type Ask, requestRate, send } from "./http-load";
import { CONNECTIONS, inTurns, rateRow, type Sites, staffCookie, withSites } from "./sites";

const REQUESTS = 150;
const WARM_UP = 50;
/** Of these the first has a target; the others show whether its lightness holds. */
const LISTS = ["/appointments", "/patients", "/today", "/admin/users", "/admin/audit"];

const rateOf = (ask: Ask) => () => requestRate(() => ask, REQUESTS, CONNECTIONS, 200);
const warmUp = (ask: Ask) => requestRate(() => ask, WARM_UP, CONNECTIONS, 200);

async function list({ ours, bare }: Sites, cookie: string, path: string, target?: number): Promise<BenchRow> {
  const ask: Ask = { url: ours.base + path, headers: { cookie } };
  const { bytes } = await send(ask);
  // Next sends what a page says twice, as HTML and as data.
  const same: Ask = { url: `${bare.base}/bytes?n=${Math.max(0, Math.floor(bytes / 2))}` };
  await warmUp(ask);
  await warmUp(same);
  const rates = await inTurns(rateOf(ask), rateOf(same));
  return rateRow("pages", `${path}, ${Math.round(bytes / 1024)} KB`, "bare page of the same bytes", rates, target);
}

/** How near a bare page comes that renders as many rows as a list has: what is above it is React and Next, not ours. */
async function floor({ bare }: Sites): Promise<BenchRow> {
  const table: Ask = { url: `${bare.base}/table` };
  const { bytes } = await send(table);
  const same: Ask = { url: `${bare.base}/bytes?n=${Math.floor(bytes / 2)}` };
  await warmUp(table);
  await warmUp(same);
  const rates = await inTurns(rateOf(table), rateOf(same));
  const name = `bare page, a table of 25 rows, ${Math.round(bytes / 1024)} KB`;
  return rateRow("pages", name, "bare page of the same bytes", rates);
}

async function find({ ours, bare }: Sites): Promise<BenchRow> {
  const ask: Ask = { url: `${ours.base}/find` };
  const select: Ask = { url: `${bare.base}/select` };
  await warmUp(ask);
  await warmUp(select);
  const rates = await inTurns(rateOf(ask), rateOf(select));
  return rateRow("pages", "/find, not signed in", "bare dynamic page, one select", rates, 1);
}

/** The lists of staff and the public page against a bare Next app on the same database. */
export async function run({ url, owner }: BenchEnv): Promise<BenchRow[]> {
  try {
    return await withSites(url, async (sites) => {
      const cookie = await staffCookie(url, owner, "admin");
      const rows: BenchRow[] = [];
      for (const [turn, path] of LISTS.entries())
        rows.push(await list(sites, cookie, path, turn === 0 ? 0.7 : undefined));
      return [...rows, await floor(sites), await find(sites)];
    });
  } finally {
    await owner`delete from users where email like '%@bench.example'`;
  }
}
