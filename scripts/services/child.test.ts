import { spawn } from "node:child_process";
import { once } from "node:events";
import path from "node:path";
import { expect, it } from "vitest";
import { commandOf } from "./processes";

const CHILD = path.join(import.meta.dirname, "child.ts");

it("takes its children along even when it is killed without a word", async () => {
  const script = `const { startChild } = await import(${JSON.stringify(CHILD)});
    const child = await startChild({ name: "sleeper", command: "sleep", args: ["60"] });
    console.log(child.pid);`;
  const parent = spawn(process.execPath, ["--import", "tsx", "--input-type=module", "--eval", script]);
  const [said] = (await once(parent.stdout, "data")) as [Buffer];
  const pid = Number(said.toString());
  expect(commandOf(pid)).toBe("sleep 60");
  parent.kill("SIGKILL");
  await expect.poll(() => commandOf(pid), { timeout: 5_000 }).toBe("");
});
