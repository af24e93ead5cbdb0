import { readFileSync } from "node:fs";
import net from "node:net";
import tls from "node:tls";
import { tlsFile } from "./tls-files";

/** TLS before a server that speaks none: answers its port on 127.0.0.1. */
export async function tlsLink(target: string, name: "server" | "elsewhere" = "server") {
  const { hostname, port } = new URL(target);
  const [cert, key] = [readFileSync(tlsFile(`${name}.pem`)), readFileSync(tlsFile(`${name}.key`))];
  const sockets = new Set<net.Socket>();
  const server = tls.createServer({ cert, key }, (near) => {
    const far = net.connect(Number(port), hostname);
    near.pipe(far).pipe(near);
    for (const socket of [near, far]) {
      sockets.add(socket);
      socket.on("error", () => undefined).on("close", () => sockets.delete(socket));
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    port: (server.address() as net.AddressInfo).port,
    close: () => {
      for (const socket of sockets) socket.destroy();
      server.close();
    },
  };
}
