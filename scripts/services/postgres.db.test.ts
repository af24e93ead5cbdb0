import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterAll, expect, it } from "vitest";
import { startPostgres } from "./postgres";
import { commandOf } from "./processes";

const home = mkdtempSync(path.join(tmpdir(), "slotwell-kept-"));
afterAll(() => rmSync(home, { recursive: true, force: true }));

it("keeps its data between starts, and shrugs at a pid file that names another process", async () => {
  const options = { dataDir: path.join(home, "postgres"), password: "a password", throwaway: true };
  const first = await startPostgres(options);
  await first.createDatabase("kept");
  await first.stop();
  expect(existsSync(path.join(first.dataDir, "postmaster.pid"))).toBe(false);

  writeFileSync(path.join(first.dataDir, "postmaster.pid"), `${process.pid}\n`);
  const second = await startPostgres(options);
  const sql = postgres(second.url("kept"), { max: 1 });
  expect(await sql`select current_database() as name`).toMatchObject([{ name: "kept" }]);
  await sql.end();
  await second.dispose();
  expect(existsSync(second.dataDir)).toBe(false);
});

it("answers nothing while frozen and goes on where it was afterwards", async () => {
  const server = await startPostgres();
  const sql = postgres(server.url(), { max: 1 });
  await sql`select 1`;
  await server.freeze();
  const later = sql<Array<{ x: number }>>`select 2 as x`.then(([row]) => row?.x);
  expect(await Promise.race([later, new Promise((resolve) => setTimeout(resolve, 200, "nothing"))])).toBe("nothing");
  await server.thaw();
  expect(await later).toBe(2);
  await sql.end();

  const pid = Number(readFileSync(path.join(server.dataDir, "postmaster.pid"), "utf8").split("\n")[0]);
  await server.dispose();
  expect(commandOf(pid)).toBe("");
});
