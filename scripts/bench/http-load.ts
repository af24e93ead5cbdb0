import { Agent, request } from "node:http";

export type Ask = { method?: "GET" | "POST"; url: string; headers?: Record<string, string>; body?: string };
export type Answer = { status: number; bytes: number };

const agent = new Agent({ keepAlive: true, maxSockets: 64 });

/** One request over a connection that is kept; the whole answer is read. */
export const send = ({ method = "GET", url, headers = {}, body }: Ask): Promise<Answer> =>
  new Promise((resolve, reject) => {
    const length = body === undefined ? {} : { "content-length": String(Buffer.byteLength(body)) };
    const sent = request(url, { method, agent, headers: { ...headers, ...length } }, (response) => {
      let bytes = 0;
      response.on("data", (chunk: Buffer) => (bytes += chunk.byteLength));
      response.on("end", () => resolve({ status: response.statusCode ?? 0, bytes }));
      response.on("error", reject);
    });
    sent.on("error", reject);
    sent.end(body);
  });

/** Sends what `next` makes over `connections` at once until `count` are answered; answers a second. Any status but `expected` throws. */
export async function requestRate(
  next: (turn: number) => Ask,
  count: number,
  connections: number,
  expected: number,
): Promise<number> {
  let turn = 0;
  const begun = performance.now();
  const client = async () => {
    while (turn < count) {
      const asked = next(turn++);
      const { status } = await send(asked);
      if (status !== expected) throw new Error(`${asked.url} answered ${status}, not ${expected}`);
    }
  };
  await Promise.all(Array.from({ length: connections }, client));
  return count / ((performance.now() - begun) / 1_000);
}
