import { randomBytes } from "node:crypto";

/** A room of its own for one visit on the clinic's video service, which nobody can guess; null where the clinic has set none. */
export const videoUrl = (base: string | null): string | null =>
  base ? `${base.replace(/\/+$/, "")}/slotwell-${randomBytes(12).toString("base64url")}` : null;
