import net from "node:net";

export type FlakyLink = {
  port: number;
  /** Resets every connection there is, as a machine that lost its memory of them does. */
  reset(): number;
  /** From now on nothing passes on the connections there are, and nobody hears of it; new ones are fine. */
  silence(): number;
  close(): Promise<void>;
};

/** A way to a server that fails on demand. */
export async function flakyLink(target: { host: string; port: number }): Promise<FlakyLink> {
  const pairs = new Set<{ near: net.Socket; far: net.Socket }>();
  const server = net.createServer((near) => {
    const far = net.connect(target.port, target.host);
    const pair = { near, far };
    pairs.add(pair);
    near.pipe(far).pipe(near);
    const end = () => {
      pairs.delete(pair);
      near.destroy();
      far.destroy();
    };
    for (const socket of [near, far]) socket.on("error", end).on("close", end);
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as net.AddressInfo).port,
    reset: () => {
      const all = [...pairs];
      for (const { near } of all) near.resetAndDestroy();
      return all.length;
    },
    silence: () => {
      const all = [...pairs];
      for (const { near, far } of all) {
        near.unpipe(far);
        far.unpipe(near);
        for (const socket of [near, far]) socket.pause();
      }
      return all.length;
    },
    close: async () => {
      for (const { near, far } of pairs) {
        near.destroy();
        far.destroy();
      }
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
