"use client";

import { useTranslations } from "next-intl";
import { useCallback, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { renewSessionAction } from "./actions";
import { keepDraft } from "./drafts";

const WARN_MS = 120_000;
/** What is done on the page is told to the server this often at the most. */
const TELL_MS = 60_000;
/** A timer can't wait longer. */
const MAX_TIMER_MS = 2 ** 31 - 1;
/** `latest`: the end comes whatever is done, so who it is has to be confirmed. */
type Phase = "quiet" | "idle" | "latest" | "ended";
type Left = { leftMs: number; mostMs: number };

/** Tells the other tabs that the session has been renewed. */
const channel = () => (typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("session"));

function useTimers({ leftMs, mostMs }: Left, setPhase: (phase: Phase) => void) {
  useEffect(() => {
    setPhase("quiet");
    const at = (ms: number, phase: Phase) => setTimeout(() => setPhase(phase), Math.min(MAX_TIMER_MS, Math.max(0, ms)));
    // Where the latest end is the nearer one, no key moves it.
    const warn = at(leftMs - WARN_MS, leftMs >= mostMs ? "latest" : "idle");
    const end = at(leftMs, "ended");
    return () => {
      clearTimeout(warn);
      clearTimeout(end);
    };
  }, [leftMs, mostMs, setPhase]);
}

/** Keys, presses and touches are activity: told to the server once a minute, and at once while the warning stands. */
function useActivity(phase: Phase, extend: () => Promise<void>) {
  const toldAt = useRef(0);
  useEffect(() => {
    toldAt.current ||= Date.now();
    const onActivity = () => {
      const isDue = phase === "quiet" && Date.now() - toldAt.current > TELL_MS;
      if (!isDue && phase !== "idle") return;
      toldAt.current = Date.now();
      void extend();
    };
    const events = phase === "idle" ? ["keydown"] : ["keydown", "pointerdown"];
    for (const name of events) window.addEventListener(name, onActivity, true);
    return () => {
      for (const name of events) window.removeEventListener(name, onActivity, true);
    };
  }, [phase, extend]);
}

/** What has been typed is kept for who comes back, and what was sent in vain. */
function leaveFor(page: string, userId: string, refused: HTMLFormElement | null = null) {
  keepDraft(userId, refused);
  window.location.href = `${page}?next=${encodeURIComponent(window.location.pathname + window.location.search)}`;
}

/** Warns two minutes before the session ends; any key or press extends it. What is typed on the page stays there. */
export function SessionWarning({ userId, ...left }: Left & { userId: string }) {
  const t = useTranslations("account.session");
  const [phase, setPhase] = useState<Phase>("quiet");
  const [{ leftMs, mostMs }, setLeft] = useState<Left>(left);
  const running = useRef(false);
  useTimers({ leftMs, mostMs }, setPhase);

  useEffect(() => {
    const tabs = channel();
    // A hair more or less each time, so that equal numbers start the timers anew.
    tabs?.addEventListener("message", ({ data }) => setLeft({ ...data, mostMs: data.mostMs + Math.random() }));
    return () => tabs?.close();
  }, []);

  const extend = useCallback(async () => {
    if (running.current) return;
    running.current = true;
    const renewed = await renewSessionAction({}).catch(() => null);
    running.current = false;
    if (!renewed?.ok) {
      if (renewed?.code === "unauthenticated") setPhase("ended");
      return;
    }
    setLeft({ leftMs: renewed.value.leftMs + Math.random(), mostMs: renewed.value.mostMs });
    const tabs = channel();
    tabs?.postMessage(renewed.value);
    tabs?.close();
  }, []);
  useActivity(phase, extend);

  useEffect(() => {
    const signInAgain = (event: Event) => {
      event.preventDefault();
      leaveFor("/sign-in", userId, event instanceof CustomEvent ? event.detail : null);
    };
    window.addEventListener("signinagain", signInAgain);
    return () => window.removeEventListener("signinagain", signInAgain);
  }, [userId]);

  const close = () => (phase === "idle" ? void extend() : setPhase("quiet"));
  const goTo = (page: string) => leaveFor(page, userId);
  const words = {
    quiet: ["title", "body"],
    idle: ["title", "body"],
    latest: ["latestTitle", "latestBody"],
    ended: ["endedTitle", "endedBody"],
  } as const;
  const [title, body] = words[phase];
  return (
    <Dialog open={phase !== "quiet"} onOpenChange={close}>
      <DialogContent title={t(title)} description={t(body)}>
        <DialogFooter>
          {phase === "ended" ? <Button onClick={() => goTo("/sign-in")}>{t("signIn")}</Button> : null}
          {phase === "latest" ? <Button onClick={() => goTo("/account/confirm")}>{t("confirm")}</Button> : null}
          {phase === "idle" ? <Button onClick={() => void extend()}>{t("stay")}</Button> : null}
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
