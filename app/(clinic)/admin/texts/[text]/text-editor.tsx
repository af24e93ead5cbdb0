"use client";

import { type FormEvent, useEffect, useRef, useState } from "react";
import { TextareaField, TextField } from "@/components/ui/field";
import type { MessageTextView, TextPreview } from "@/lib/notifications/texts/views";
import { AdminForm } from "../../form-parts";
import { useAdminForm } from "../../use-admin-form";
import { previewTextAction, saveTextAction } from "../actions";
import { Preview } from "./preview";

/** Long enough that nobody's typing asks at each key. */
const REST_MS = 400;

/** The words, and beside them what a reader would get, as they are typed. */
export function TextEditor({ text, preview: first }: { text: MessageTextView; preview: TextPreview | null }) {
  const { kind, channel, locale, words, version, offers, needs } = text;
  const { state, submit, field, t } = useAdminForm(saveTextAction, words);
  const [preview, setPreview] = useState(first);
  const latest = useRef(0);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  useEffect(() => () => clearTimeout(timer.current), []);

  const show = async (subject: string, body: string) => {
    const asked = ++latest.current;
    const answer = await previewTextAction({
      kind,
      channel,
      locale,
      body,
      ...(channel === "email" ? { subject } : {}),
    });
    if (answer.ok && asked === latest.current) setPreview(answer.value);
  };
  const onInput = (event: FormEvent<HTMLDivElement>) => {
    const { form } = event.target as HTMLTextAreaElement;
    if (!form) return;
    const written = new FormData(form);
    clearTimeout(timer.current);
    timer.current = setTimeout(
      () => void show(String(written.get("subject") ?? ""), String(written.get("body") ?? "")),
      REST_MS,
    );
  };
  const names = (list: readonly string[]) => list.map((name) => `{${name}}`).join(" ");
  return (
    <div className="grid items-start gap-x-10 gap-y-8 lg:grid-cols-2">
      {/* The fields' own events rise to here: the form's parts need not know of the preview. */}
      <div onInput={onInput}>
        <AdminForm state={state} submit={submit} cancelHref="/admin/texts" label={t("save")}>
          <input type="hidden" name="kind" value={kind} />
          <input type="hidden" name="channel" value={channel} />
          <input type="hidden" name="locale" value={locale} />
          {version === null ? null : <input type="hidden" name="expectedVersion" value={version} />}
          {channel === "email" ? (
            <TextField {...field("subject")} hint={t("texts.mayName", { names: names(offers.subject) })} />
          ) : null}
          <TextareaField
            {...field("body")}
            controlClassName={channel === "email" ? "h-48" : "h-32"}
            rows={channel === "email" ? 8 : 5}
            hint={
              <>
                {t("texts.mayName", { names: names(offers.body) })}{" "}
                {needs.length > 0 ? t("texts.mustName", { names: names(needs) }) : null}
              </>
            }
          />
        </AdminForm>
      </div>
      {preview ? <Preview preview={preview} /> : null}
    </div>
  );
}
