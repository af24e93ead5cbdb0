import { parseArgs } from "node:util";
import { placeFromEnv, runClinic } from "./services/run-clinic";

const { values } = parseArgs({ options: { fresh: { type: "boolean", default: false } } });
await runClinic({ mode: "development", fresh: values.fresh, ...placeFromEnv() });
