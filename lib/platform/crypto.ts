import { createHash, hkdfSync, randomBytes } from "node:crypto";

/** 256 random bits for a link or a refresh token, safe in a URL. */
export const randomToken = (): string => randomBytes(32).toString("base64url");

/** What is stored of a random token. It has 256 bits of entropy, so a plain hash is enough (a password needs argon2). */
export const tokenHash = (token: string): string => createHash("sha256").update(token).digest("base64url");

/** A key of its own for each use of the one secret (RFC 5869), so that a token made for one door opens no other. */
export const deriveKey = (secret: string, use: string): Uint8Array =>
  new Uint8Array(hkdfSync("sha256", secret, "slotwell", use, 32));
