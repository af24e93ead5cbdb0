import path from "node:path";
import { encryptionKeys, env } from "@/lib/platform/env";
import { folderAnchors } from "./anchors";
import type { AnchorSink } from "./post-anchors";
import { sealKeys } from "./seal";
import type { Sealing } from "./seal-audit";

/** The folder of the anchors, and who else is sent them. */
export function anchoringFromEnv(): { folder: string; sink: AnchorSink | null } {
  const { AUDIT_ANCHOR_DIR, DATA_DIR, AUDIT_ANCHOR_URL: url, AUDIT_ANCHOR_TOKEN: token } = env();
  const folder = path.resolve(AUDIT_ANCHOR_DIR ?? path.join(DATA_DIR, "audit-anchors"));
  return { folder, sink: url && token ? { url, token } : null };
}

/**
 * The process's keys and anchors: the newest of ENCRYPTION_KEYS signs, else AUTH_SECRET; both verify. With neither no key is outside the database, so
 * seals are not signed, and the anchors alone vouch for them.
 */
export function sealingFromEnv(now: Date): Sealing {
  const { AUTH_SECRET } = env();
  const secrets = [...encryptionKeys().map((key) => key.toString("base64")), ...(AUTH_SECRET ? [AUTH_SECRET] : [])];
  return { keys: sealKeys(secrets), anchors: folderAnchors(anchoringFromEnv().folder), now };
}
