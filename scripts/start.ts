import { createServer } from "node:http";
import { openDatabase } from "@/lib/platform/db";
import { type Env, readEnv } from "@/lib/platform/env";
import { gatherWrites } from "@/lib/platform/gather-writes";
import { guardConsole } from "@/lib/platform/guard-console";
import { sharePages } from "@/lib/platform/page-cache";
import { PEER_HEADER } from "@/lib/platform/peer";
import { problemOf } from "@/lib/platform/problem";
import { reasonOf } from "@/lib/platform/reason";
import { unreadable } from "@/lib/platform/unreadable";
import { keysFault } from "@/lib/protection/keys-fault";

const STOP_MS = 10_000;

function environment() {
  try {
    return readEnv(process.env);
  } catch (error) {
    console.error(reasonOf(error));
    process.exit(1);
  }
}

/** A process that would seal with another key than the clinic's, or open nothing, does not begin. A database that is away is no reason. */
async function endWithoutKeys(environment: Env): Promise<void> {
  const db = openDatabase(environment, "web", { max: 1, name: "slotwell-start" });
  const fault = await keysFault(db).catch(() => null);
  await db.close();
  if (!fault) return;
  console.error(fault);
  process.exit(1);
}

/** The production web: Next behind a server of ours that writes down who is at the other end of the socket. */
async function main() {
  // React and Next choose their build by it as they are loaded; unset it would be the slow one.
  Object.assign(process.env, { NODE_ENV: "production" });
  // tsx turns them on for itself; for each file of the build one would be read, parsed and kept.
  process.setSourceMapsEnabled(false);
  const settings = environment();
  const { PORT } = settings;
  await endWithoutKeys(settings);
  guardConsole();
  const hostname = process.env.HOST || "0.0.0.0";
  const { default: next } = await import("next");
  const app = next({ dev: false, hostname, port: PORT });
  const handle = sharePages(app.getRequestHandler());
  await app.prepare();

  const server = createServer((request, response) => {
    const refusal = unreadable(request);
    if (refusal) {
      const problem = problemOf(refusal);
      response.writeHead(problem.status, { "content-type": "application/problem+json" }).end(JSON.stringify(problem));
      return;
    }
    request.headers[PEER_HEADER] = request.socket.remoteAddress ?? "unknown";
    gatherWrites(response);
    void handle(request, response);
  });
  server.requestTimeout = 30_000;
  server.headersTimeout = 15_000;
  // Longer than a load balancer's usual minute, so that it never sends into a connection that we are closing.
  server.keepAliveTimeout = 65_000;
  server.on("error", (error) => {
    process.stderr.write(`The web cannot listen on port ${PORT}: ${error.message}\n`);
    process.exit(1);
  });
  server.listen(PORT, hostname, () => console.log(`Slotwell listens on http://${hostname}:${PORT}`));

  const stop = () => {
    server.close(() => process.exit(0));
    server.closeIdleConnections();
    setTimeout(() => process.exit(0), STOP_MS).unref();
  };
  process.once("SIGTERM", stop);
  process.once("SIGINT", stop);
}

await main();
