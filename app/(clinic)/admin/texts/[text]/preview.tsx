"use client";

import { useTranslations } from "next-intl";
import { Alert } from "@/components/ui/alert";
import { Badge } from "@/components/ui/badge";
import type { TextPreview } from "@/lib/notifications/texts/views";

export function Preview({ preview }: { preview: TextPreview }) {
  const t = useTranslations("admin.texts");
  const tErrors = useTranslations("admin.errors");
  return (
    <section aria-labelledby="preview" className="grid min-w-0 gap-3">
      <h2 id="preview" className="text-lg">
        {t("preview")}
      </h2>
      <p className="text-sm text-muted-foreground">{t("sample")}</p>
      {preview.faults.map(({ path, code, names = [] }) => (
        <Alert key={`${path} ${code}`} variant="warning">
          {tErrors(`${path}.${code}` as never, { names: names.map((name) => `{${name}}`).join(", ") } as never)}
        </Alert>
      ))}
      {preview.channel === "email" ? <Mail {...preview} /> : <Sms {...preview} />}
    </section>
  );
}

function Sms({ text, parts, characters, isGsm }: Extract<TextPreview, { channel: "sms" }>) {
  const t = useTranslations("admin.texts");
  return (
    <>
      <p className="max-w-sm rounded-lg border bg-sunken p-4 wrap-anywhere whitespace-pre-wrap">{text}</p>
      <p className="flex flex-wrap items-center gap-2 text-sm" role="status">
        <Badge>{t("parts", { count: parts })}</Badge>
        <span className="figures text-muted-foreground">
          {t(isGsm ? "charactersGsm" : "charactersUcs", { count: characters })}
        </span>
      </p>
    </>
  );
}

function Mail({ subject, html, text }: Extract<TextPreview, { channel: "email" }>) {
  const t = useTranslations("admin.texts");
  return (
    <>
      <p className="break-words">
        <span className="text-muted-foreground">{t("subject")}</span> <strong>{subject}</strong>
      </p>
      <iframe
        title={t("preview")}
        // No scripts, no forms, no way out; our own origin only so that its styles can be put on from here.
        sandbox="allow-same-origin"
        srcDoc={html.replaceAll(STYLE, ` ${KEPT}="`)}
        // It may have loaded before this script did.
        ref={putStylesOn}
        onLoad={({ currentTarget }) => putStylesOn(currentTarget)}
        className="h-[36rem] w-full rounded-lg border bg-white"
      />
      <details>
        <summary className="link cursor-pointer text-sm">{t("plain")}</summary>
        <pre className="mt-2 overflow-x-auto rounded-lg border bg-sunken p-4 text-sm whitespace-pre-wrap">{text}</pre>
      </details>
    </>
  );
}

// A mail carries its looks in style attributes, which our pages' policy forbids in any markup, a frame's too. Set one by one from a
// script of ours they are allowed, so the policy stays as it is. In text a quotation mark is always `&quot;`.
const STYLE = ' style="';
const KEPT = "data-style";

function putStylesOn(frame: HTMLIFrameElement | null): void {
  for (const element of frame?.contentDocument?.querySelectorAll<HTMLElement>(`[${KEPT}]`) ?? [])
    element.style.cssText = element.getAttribute(KEPT) ?? "";
}
