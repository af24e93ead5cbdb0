import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";

const FOLDERS = ["app", "lib", "components"];

/** Files whose exports the browser can call: those that begin with the directive. Throws where it stands anywhere else. */
export function serverFiles(): string[] {
  const sources = FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: "utf8" })
      .filter((file) => /\.tsx?$/.test(file))
      .map((file) => path.join(folder, file)),
  );
  return sources.filter((file) => {
    const text = readFileSync(file, "utf8");
    if (!/["']use server["']/.test(text)) return false;
    if (/^["']use server["'];\n/.test(text) && text.match(/["']use server["']/g)?.length === 1) return true;
    throw new Error(`${file}: 'use server' stands in the first line of a file of actions and nowhere else`);
  });
}
