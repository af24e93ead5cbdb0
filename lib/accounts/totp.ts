import { Secret, TOTP } from "otpauth";

const STEP_MS = 30_000;
/** A clock may be half a minute off. */
const WINDOW = 1;

const generator = (secret: string, issuer = "", label = "") =>
  new TOTP({ issuer, label, algorithm: "SHA1", digits: 6, period: STEP_MS / 1000, secret: Secret.fromBase32(secret) });

/** 160 random bits in base32 (RFC 4226, 4). */
export const newTotpSecret = (): string => new Secret({ size: 20 }).base32;

/** What the QR code holds (Google Authenticator's key URI format, which all apps read). */
export const totpUri = (secret: string, issuer: string, label: string): string =>
  generator(secret, issuer.replaceAll(":", " "), label).toString();

/** The time step of which `code` is the code, now or one before or after; null where it is none of them (RFC 6238). */
export function stepOfCode(secret: string, code: string, now: Date): number | null {
  const delta = generator(secret).validate({ token: code, timestamp: now.getTime(), window: WINDOW });
  return delta === null ? null : Math.floor(now.getTime() / STEP_MS) + delta;
}
