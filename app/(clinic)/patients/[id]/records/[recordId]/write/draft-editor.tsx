"use client";

import { Check, CloudOff, LoaderCircle } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import { type FormEvent, startTransition, useActionState, useEffect, useRef } from "react";
import { ContentFields } from "@/components/records/content-fields";
import type { DraftValues, Wording } from "@/components/records/draft-store";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { CheckboxField } from "@/components/ui/checkbox";
import { ErrorSummary } from "@/components/ui/error-summary";
import { LiveRegion } from "@/components/ui/live-region";
import { formatTime } from "@/lib/format/dates";
import { errorAt, type FormState, idleForm, typed } from "@/lib/platform/action-state";
import type { RecordKind } from "@/lib/records/schemas";
import { sendDraftAction } from "../../actions";
import { isCoded } from "../../kinds";
import { TwoWordings } from "./two-wordings";
import { type Saving, useDraft } from "./use-draft";

type Props = { id: string; kind: RecordKind; userId: string; timeZone: string; first: Wording };

/** Writes a draft: saved as it is typed, signed at the end. Before scripts run it is a form with two buttons. */
export function DraftEditor({ id, kind, userId, timeZone, first }: Props) {
  const t = useTranslations("records.write");
  const [state, send, isPending] = useActionState(sendDraftAction, idleForm);
  const draft = useDraft({ id, userId, first });
  const { shown, status, choice } = draft;
  const form = useRef<HTMLFormElement>(null);

  // biome-ignore lint/correctness/useExhaustiveDependencies: once for each answer, and for what was typed before scripts ran.
  useEffect(() => {
    draft.reopen();
    if (form.current) draft.type(form.current);
    if (state.code === "version_conflict") void draft.save();
  }, [state]);

  async function submit(event: FormEvent<HTMLFormElement>) {
    event.preventDefault();
    const { submitter } = event.nativeEvent as SubmitEvent;
    const sent = new FormData(event.currentTarget, submitter);
    if (sent.get("intent") !== "sign") return draft.save();
    if (isPending) return;
    sent.set("expectedVersion", String(await draft.close()));
    startTransition(() => send(sent));
  }
  const errors = state.code === "version_conflict" ? [] : state.errors;
  return (
    <div className="grid gap-4">
      {choice ? (
        <TwoWordings choice={choice} timeZone={timeZone} onChoose={(values) => draft.choose(values, choice.theirs)} />
      ) : null}
      <Trouble saving={status.saving} />
      <form
        ref={form}
        action={send}
        onSubmit={(event) => void submit(event)}
        onInput={(event) => draft.type(event.currentTarget)}
        noValidate
        autoComplete="off"
        data-drafts="own"
      >
        <ErrorSummary errors={errors} />
        <input type="hidden" name="id" value={id} />
        <input type="hidden" name="expectedVersion" value={first.version} />
        <fieldset key={shown.round} disabled={choice !== null} className="grid gap-4">
          <legend className="sr-only">{t("legend")}</legend>
          <ContentFields
            kind={kind}
            isCoded={isCoded(kind)}
            values={shown.round === 0 ? sentOr(state, shown.values) : shown.values}
            errorAt={(path) => errorAt({ errors }, path)}
          />
          <SavedLine saving={status.saving} at={status.at} timeZone={timeZone} />
          <div className="grid gap-3 border-t pt-4">
            <p className="text-sm text-muted-foreground">{t("signHint")}</p>
            <CheckboxField id="release" name="release" value="on" label={t("releaseToo")} />
            <div className="flex flex-wrap gap-3">
              <Button type="submit" name="intent" value="save" variant="secondary" size="sm">
                {t("save")}
              </Button>
              <Button type="submit" name="intent" value="sign" size="sm" aria-disabled={isPending || undefined}>
                {isPending ? <LoaderCircle aria-hidden className="animate-spin" /> : null}
                {t(isPending ? "signing" : "sign")}
              </Button>
            </div>
          </div>
        </fieldset>
      </form>
    </div>
  );
}

/** What came back with a refusal before scripts ran, else what is kept. */
const sentOr = (state: FormState, values: DraftValues): DraftValues =>
  state.status === "refused"
    ? {
        title: typed(state, "title") ?? "",
        body: typed(state, "body") ?? "",
        system: typed(state, "system") ?? "text",
        code: typed(state, "code") ?? "",
        display: typed(state, "display") ?? "",
        isWarning: typed(state, "isWarning") === "on",
      }
    : values;

function SavedLine({ saving, at, timeZone }: { saving: Saving; at: string; timeZone: string }) {
  const t = useTranslations("records.write");
  const locale = useLocale();
  const words = saving === "saved" ? t("saved", { time: formatTime(at, timeZone, locale) }) : t(saving);
  const Icon = saving === "saved" ? Check : saving === "saving" ? LoaderCircle : CloudOff;
  return (
    <>
      <p aria-hidden data-slot="saved" className="flex items-center gap-1.5 text-sm text-muted-foreground">
        <Icon aria-hidden className="size-4" />
        {words}
      </p>
      {/* Each "Saving" would be said aloud. */}
      <LiveRegion message={saving === "saving" ? "" : words} />
    </>
  );
}

/** What to do where saving by itself has come to its end. */
function Trouble({ saving }: { saving: Saving }) {
  const t = useTranslations("records.write");
  if (saving === "lost")
    return (
      <Alert variant="warning" title={t("lostTitle")}>
        {t("lostBody")}
      </Alert>
    );
  if (saving === "gone")
    return (
      <Alert variant="danger" title={t("goneTitle")}>
        {t("goneBody")}
      </Alert>
    );
  if (saving !== "ended") return null;
  const next = typeof window === "undefined" ? "" : window.location.pathname;
  return (
    <Alert
      variant="warning"
      title={t("endedTitle")}
      action={
        <Button size="sm" asChild>
          <a href={`/sign-in?next=${encodeURIComponent(next)}`}>{t("signIn")}</a>
        </Button>
      }
    >
      {t("endedBody")}
    </Alert>
  );
}
