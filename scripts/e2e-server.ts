import path from "node:path";
import { REPO } from "./services/build-app";
import { runClinic } from "./services/run-clinic";

// The clinic that the browser tests visit: as the demo, with a port, a database and messages of its own.
await runClinic({ mode: "demo", fresh: true, port: Number(process.env.PORT), dataDir: path.join(REPO, ".data/e2e") });
