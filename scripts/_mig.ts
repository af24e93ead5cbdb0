import { migrate } from "@/db/migrate";
await Promise.all([migrate(process.argv[2]!), migrate(process.argv[2]!)]);
