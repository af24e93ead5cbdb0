import { readFileSync } from "node:fs";

/** What a file of certificate authorities holds (PEM), read anew each time: it may have been renewed. undefined without a file. */
export const authorityIn = (file: string | undefined): string | undefined =>
  file === undefined ? undefined : readFileSync(file, "utf8");

/** Why `file` can't vouch for anybody, or null where it can. */
export function authorityFault(file: string): string | null {
  try {
    return readFileSync(file, "utf8").includes("-----BEGIN CERTIFICATE-----")
      ? null
      : "must be a file of certificates (PEM)";
  } catch {
    return "must be a file that can be read";
  }
}
