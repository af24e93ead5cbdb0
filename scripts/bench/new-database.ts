import type postgres from "postgres";
import { migrate } from "@/db/migrate";

/** An empty, migrated database beside the data set, for a benchmark that fills its own; `drop` takes it away again. */
export async function newDatabase(base: string, owner: postgres.Sql, name: string) {
  const url = new URL(base);
  url.pathname = `/${name}`;
  const drop = () => owner.unsafe(`drop database if exists ${name} with (force)`);
  await drop();
  await owner.unsafe(`create database ${name}`);
  await migrate(url.href);
  return { url: url.href, drop };
}
