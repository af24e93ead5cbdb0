import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import postgres from "postgres";
import { afterAll, expect, it } from "vitest";
import { startPostgres } from "./postgres";
import { commandOf } from "./processes";

const mainPid = (dataDir: string) => Number(readFileSync(path.join(dataDir, "postmaster.pid"), "utf8").split("\n")[0]);

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

  const pid = mainPid(server.dataDir);
  await server.dispose();
  expect(commandOf(pid)).toBe("");
});

it("starts after a kill as soon as the last of the old backends is gone", async () => {
  const server = await startPostgres();
  const sql = postgres(server.url(), { max: 1 });
  const pid = mainPid(server.dataDir);
  // A backend that computes does not notice the death of its server.
  const busy = sql`select count(*) from generate_series(1, 20000000)`.then(
    () => "answered",
    () => "cut off",
  );
  await expect.poll(() => isBusy(server.url())).toBe(true);

  process.kill(pid, "SIGKILL");
  await server.stop();
  await server.start();
  expect(mainPid(server.dataDir)).not.toBe(pid);
  expect(readFileSync(path.join(server.dataDir, "server.log"), "utf8")).toContain("is still in use");
  expect(await sql`select 1 as x`).toMatchObject([{ x: 1 }]);

  await busy;
  await sql.end();
  await server.dispose();
});

async function isBusy(url: string): Promise<boolean> {
  const sql = postgres(url, { max: 1 });
  const found = await sql`select 1 from pg_stat_activity where state = 'active' and pid <> pg_backend_pid()`;
  await sql.end();
  return found.length > 0;
}
