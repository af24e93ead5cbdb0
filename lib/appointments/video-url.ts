import { randomBytes } from "node:crypto";
import { clinicSettings } from "@/lib/clinic/settings";
import type { Context } from "@/lib/platform/context";

/** A room of its own for one video visit on the clinic's service, which nobody can guess; null for other visits, or where none is set. */
export async function videoUrl({ db }: Context, modality: string): Promise<string | null> {
  if (modality !== "video") return null;
  const { videoBaseUrl } = await clinicSettings(db);
  return videoBaseUrl && `${videoBaseUrl.replace(/\/+$/, "")}/slotwell-${randomBytes(16).toString("base64url")}`;
}
