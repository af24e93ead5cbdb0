import { createHash, timingSafeEqual } from "node:crypto";
import { sinkState } from "@/lib/audit/post-anchors";
import { anchoringFromEnv } from "@/lib/audit/sealing-from-env";
import { refuse } from "@/lib/domain/result";
import { countHeld } from "@/lib/notifications/count-held";
import { countUnused, messageTexts } from "@/lib/notifications/texts/message-texts";
import { systemContext } from "@/lib/platform/context";
import { db } from "@/lib/platform/db";
import { route } from "@/lib/platform/endpoint";
import { env } from "@/lib/platform/env";
import { metrics } from "@/lib/platform/metrics";
import { problemResponse } from "@/lib/platform/problem";
import { clientAddress } from "@/lib/platform/rate-limit";

const digest = (text: string) => createHash("sha256").update(text).digest();
const LOOPBACK = /^(127\.\d+\.\d+\.\d+|::1|::ffff:127\.\d+\.\d+\.\d+)$/;

function mayRead(request: Request): boolean {
  const token = env().METRICS_TOKEN;
  if (!token) return LOOPBACK.test(clientAddress(request));
  return timingSafeEqual(digest(request.headers.get("authorization") ?? ""), digest(`Bearer ${token}`));
}

async function read(request: Request): Promise<Response> {
  if (!mayRead(request)) return problemResponse(refuse("unauthenticated", { detail: "Send the metrics token." }));
  const { registry, anchorsFailing, unusedTexts, heldMessages } = metrics();
  const { folder, sink } = anchoringFromEnv();
  const since = sink ? (await sinkState(folder))?.failingSince : undefined;
  anchorsFailing.set(since ? (Date.now() - Date.parse(since)) / 1_000 : 0);
  // Metrics are read above all when something is wrong: without a database the last count stands.
  const texts = await messageTexts(db()).catch(() => null);
  if (texts) unusedTexts.set(countUnused(texts));
  const held = await countHeld(systemContext(db(), "metrics", new Date())).catch(() => null);
  if (held) {
    heldMessages.reset();
    for (const { channel, why, count } of held) heldMessages.set({ channel, why }, count);
  }
  return new Response(await registry.metrics(), {
    headers: { "content-type": registry.contentType, "cache-control": "no-store" },
  });
}

export const { GET, POST, PUT, PATCH, DELETE, OPTIONS } = route({ GET: read });
