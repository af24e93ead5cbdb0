import { writeFileSync } from "node:fs";
import { parseArgs } from "node:util";
import { atEnd, endOnSignals } from "./services/child";
import { startPostgres } from "./services/postgres";

// A PostgreSQL for work at the keyboard: stays until Ctrl-C, keeps nothing.
const { values } = parseArgs({ options: { port: { type: "string" }, "url-file": { type: "string" } } });
endOnSignals();
const server = await startPostgres({ port: Number(values.port ?? 5499), settings: { max_connections: "300" } });
atEnd(() => server.dispose());
await server.createDatabase("slotwell");
if (values["url-file"]) writeFileSync(values["url-file"], `${server.url("slotwell")}\n`);
console.log(server.url("slotwell"));
