"use client";

import { useCallback, useEffect, useRef, useState } from "react";
import {
  contentOf,
  type DraftValues,
  forgetWording,
  keepWording,
  keptWording,
  sameValues,
  valuesOf,
  type Wording,
  wordingOf,
} from "@/components/records/draft-store";
import { readDraftAction, saveDraftAction } from "../../actions";

const PAUSE_MS = 1_200;
const RETRY_MS = 5_000;

/** `lost`: no answer, tried again by itself; `ended`: the session; `gone`: signed or thrown away elsewhere. */
export type Saving = "saved" | "saving" | "lost" | "ended" | "gone" | "choose";
/** Two wordings of which somebody has to choose: `meanwhile` another tab saved; `kept` is from before the page was left. */
export type Choice = { why: "meanwhile" | "kept"; mine: DraftValues; theirs: Wording };

type Live = {
  values: DraftValues;
  /** What the server has, as far as it has answered; `sent` may have come to it without an answer. */
  saved: Wording;
  sent: DraftValues | null;
  timer: number;
  running: Promise<void> | null;
  isClosed: boolean;
  /** Other values than the form's own are on their way into it: until they are there, what it says is not what somebody typed. */
  isShowing: boolean;
};

/** What this tab saved last of each draft: pages that Back shows again are older. */
const lastSaved = new Map<string, Wording>();

/**
 * Saves a draft as it is typed. What the server does not have is in the tab's storage from the first key on, so that a broken line, an ended
 * session or a closed page loses nothing.
 */
export function useDraft({ id, userId, first }: { id: string; userId: string; first: Wording }) {
  const known = lastSaved.get(id);
  const start = known && known.version > first.version ? known : first;
  const [shown, setShown] = useState({ values: start.values, round: 0 });
  const [status, setStatus] = useState<{ saving: Saving; at: string }>({ saving: "saved", at: start.at });
  const [choice, setChoice] = useState<Choice | null>(null);
  const live = useRef<Live>({
    values: start.values,
    saved: start,
    sent: null,
    timer: 0,
    running: null,
    isClosed: false,
    isShowing: false,
  });
  const say = useCallback((saving: Saving) => setStatus(({ at }) => ({ saving, at: live.current.saved.at || at })), []);

  const keep = useCallback(() => {
    const { values, saved } = live.current;
    keepWording(userId, id, { values, version: saved.version, at: new Date().toISOString() });
  }, [userId, id]);

  const push = useCallback(async (): Promise<void> => {
    const now = live.current;
    const values = now.values;
    if (sameValues(values, now.saved.values)) {
      forgetWording(userId, id);
      return say("saved");
    }
    say("saving");
    const before = now.sent;
    now.sent = values;
    const answer = await saveDraftAction({ id, expectedVersion: now.saved.version, ...contentOf(values) }).catch(
      () => null,
    );
    if (answer?.ok) {
      now.saved = { values, version: answer.value.version, at: answer.value.savedAt };
      lastSaved.set(id, now.saved);
      if (now.values !== values) return push();
      forgetWording(userId, id);
      say("saved");
    } else if (answer?.code === "version_conflict") {
      const read = await readDraftAction({ id }).catch(() => null);
      if (!read?.ok) return say("lost");
      const theirs = wordingOf(read.value);
      // It was our own, whose answer never came.
      if ([before, values].some((ours) => ours && sameValues(ours, theirs.values))) {
        now.saved = theirs;
        return push();
      }
      setChoice({ why: "meanwhile", mine: now.values, theirs });
      say("choose");
    } else if (answer?.code === "unauthenticated") say("ended");
    else if (answer && ["not_found", "invalid_transition", "forbidden"].includes(answer.code)) say("gone");
    else say("lost");
  }, [id, userId, say]);

  const save = useCallback((): Promise<void> => {
    const now = live.current;
    window.clearTimeout(now.timer);
    now.running ??= push().finally(() => {
      now.running = null;
    });
    return now.running;
  }, [push]);

  const type = useCallback(
    (form: HTMLFormElement) => {
      const now = live.current;
      if (now.isShowing) return;
      const values = valuesOf(form, now.values);
      if (sameValues(values, now.values)) return;
      now.values = values;
      keep();
      window.clearTimeout(now.timer);
      now.timer = window.setTimeout(() => void save(), PAUSE_MS);
    },
    [keep, save],
  );

  const show = useCallback((values: DraftValues) => {
    live.current.isShowing = true;
    setShown(({ round }) => ({ values, round: round + 1 }));
  }, []);
  // biome-ignore lint/correctness/useExhaustiveDependencies: once they are shown.
  useEffect(() => {
    live.current.isShowing = false;
  }, [shown]);

  /** Goes on with `values` over the wording that was read last. */
  const choose = useCallback(
    (values: DraftValues, over: Wording) => {
      const now = live.current;
      now.saved = over;
      now.values = values;
      setChoice(null);
      show(values);
      if (sameValues(values, over.values)) {
        forgetWording(userId, id);
        say("saved");
      } else {
        keep();
        void save();
      }
    },
    [id, userId, show, say, keep, save],
  );

  useEffect(() => {
    if (status.saving !== "lost") return;
    const retries = setInterval(() => void save(), RETRY_MS);
    return () => clearInterval(retries);
  }, [status.saving, save]);

  useEffect(() => {
    const now = live.current;
    const kept = keptWording(userId, id);
    // Where nobody has saved since, the words that were kept are the newest.
    if (kept?.version === now.saved.version) choose(kept.values, now.saved);
    else if (kept && !sameValues(kept.values, now.saved.values)) {
      setChoice({ why: "kept", mine: kept.values, theirs: now.saved });
      say("choose");
    }
    const again = () => void save();
    window.addEventListener("online", again);
    return () => {
      window.removeEventListener("online", again);
      window.clearTimeout(now.timer);
      if (now.isClosed) forgetWording(userId, id);
      else void save();
    };
  }, [id, userId, save, say, choose]);

  return {
    shown,
    status,
    choice,
    type,
    save,
    choose,
    /** Waits for a save that is under way, and lets none begin. Answers with the version that stands. */
    close: async () => {
      window.clearTimeout(live.current.timer);
      await live.current.running;
      live.current.isClosed = true;
      return live.current.saved.version;
    },
    reopen: () => {
      live.current.isClosed = false;
    },
  };
}
