import type { TestProject } from "vitest/node";
import { migrate } from "@/db/migrate";
import { startPostgres } from "@/scripts/services/postgres";
import { TEMPLATE_DATABASE } from "./provided";

/** One PostgreSQL per run, migrated once; each test file gets a copy of the template from `testDb`. */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await startPostgres({ throwaway: true });
  await server.createDatabase(TEMPLATE_DATABASE);
  await migrate(server.url(TEMPLATE_DATABASE));
  project.provide("postgresUrl", server.url());
  return () => server.dispose();
}
