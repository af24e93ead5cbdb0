import "server-only";
import { createHash } from "node:crypto";
import { getLocale, getTranslations } from "next-intl/server";
import { clinicSettings } from "@/lib/clinic/settings";
import { refuse } from "@/lib/domain/result";
import { databaseRefusal } from "@/lib/platform/database-faults";
import { fileResponse } from "@/lib/platform/file-response";
import { log } from "@/lib/platform/logger";
import { directionOf } from "@/lib/platform/messages";
import { problemResponse } from "@/lib/platform/problem";
import { pageContext } from "@/lib/platform/request";
import { stepUpRefusal } from "@/lib/platform/step-up";
import { exportPage, exportStyle } from "@/lib/privacy/export-page";
import { exportPatient } from "@/lib/privacy/export-patient";
import { readerZone } from "./reader-zone";

/** The whole data of a patient as a file, to whoever may have it and has proved lately who they are; others are asked first, and come back to `page`. */
export async function exportAnswer(patientId: string, form: "html" | "json", page: string): Promise<Response> {
  try {
    const ctx = await pageContext();
    if (ctx.actor.kind !== "user") return problemResponse(refuse("unauthenticated"));
    if (stepUpRefusal(ctx.actor, ctx.now)) {
      const location = `/account/confirm?next=${encodeURIComponent(page)}`;
      return new Response(null, { status: 303, headers: { location, "cache-control": "no-store" } });
    }
    const made = await exportPatient(ctx, { patientId });
    if (!made.ok) return problemResponse(refuse("not_found"));
    const day = ctx.now.toISOString().slice(0, 10);
    if (form === "json") {
      const bytes = Buffer.from(JSON.stringify(made.value, null, 2));
      return fileResponse({ fileName: `my-data-${day}.json`, contentType: "application/json", bytes });
    }
    const [t, locale, timeZone, clinic] = await Promise.all([
      getTranslations("privacy.file"),
      getLocale(),
      readerZone({ ...ctx, actor: ctx.actor }),
      clinicSettings(ctx.db),
    ]);
    const reader = { t, locale, direction: directionOf(locale), timeZone, clinicName: clinic.name };
    const hash = createHash("sha256").update(exportStyle).digest("base64");
    const bytes = Buffer.from(exportPage(made.value, reader as never, hash));
    return fileResponse({ fileName: `my-data-${day}.html`, contentType: "text/html; charset=utf-8", bytes });
  } catch (error) {
    const fault = databaseRefusal(error) ?? refuse("internal_error");
    log.error("export failed", error, { code: fault.code });
    return problemResponse(fault);
  }
}
