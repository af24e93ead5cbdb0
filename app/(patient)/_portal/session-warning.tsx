"use client";

import { useTranslations } from "next-intl";
import { useCallback, useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Dialog, DialogContent, DialogFooter } from "@/components/ui/dialog";
import { renewSessionAction } from "./actions";

const WARN_MS = 120_000;
/** A timer can't wait longer. */
const MAX_TIMER_MS = 2 ** 31 - 1;
type Phase = "quiet" | "warned" | "ended";

/** Tells the other tabs that the session has been renewed. */
const channel = () => (typeof BroadcastChannel === "undefined" ? null : new BroadcastChannel("session"));

/** Warns two minutes before the session ends; any key or press extends it. What is typed on the page stays there. */
export function SessionWarning({ leftMs }: { leftMs: number }) {
  const t = useTranslations("profile.session");
  const [phase, setPhase] = useState<Phase>("quiet");
  const [left, setLeft] = useState(leftMs);
  const running = useRef(false);

  useEffect(() => {
    setPhase("quiet");
    const warn = setTimeout(() => setPhase("warned"), Math.min(MAX_TIMER_MS, Math.max(0, left - WARN_MS)));
    const end = setTimeout(() => setPhase("ended"), Math.min(MAX_TIMER_MS, Math.max(0, left)));
    return () => {
      clearTimeout(warn);
      clearTimeout(end);
    };
  }, [left]);

  useEffect(() => {
    const tabs = channel();
    // A hair more or less each time, so that an equal number starts the timers anew.
    tabs?.addEventListener("message", ({ data }) => setLeft(Number(data) + Math.random()));
    return () => tabs?.close();
  }, []);

  const extend = useCallback(async () => {
    if (running.current) return;
    running.current = true;
    const renewed = await renewSessionAction({}).catch(() => null);
    running.current = false;
    if (!renewed?.ok) return setPhase(renewed?.code === "unauthenticated" ? "ended" : "warned");
    setLeft(renewed.value.leftMs + Math.random());
    const tabs = channel();
    tabs?.postMessage(renewed.value.leftMs);
    tabs?.close();
  }, []);

  useEffect(() => {
    if (phase !== "warned") return;
    const onKey = () => void extend();
    window.addEventListener("keydown", onKey, true);
    return () => window.removeEventListener("keydown", onKey, true);
  }, [phase, extend]);

  const hasEnded = phase === "ended";
  // Closing it after the end leaves what was typed in reach.
  const close = () => (hasEnded ? setPhase("quiet") : void extend());
  const signIn = () => {
    window.location.href = `/sign-in?next=${encodeURIComponent(window.location.pathname + window.location.search)}`;
  };
  return (
    <Dialog open={phase !== "quiet"} onOpenChange={close}>
      <DialogContent
        title={hasEnded ? t("endedTitle") : t("title")}
        description={hasEnded ? t("endedBody") : t("body")}
      >
        <DialogFooter>
          {hasEnded ? (
            <Button onClick={signIn}>{t("signIn")}</Button>
          ) : (
            <Button onClick={() => void extend()}>{t("stay")}</Button>
          )}
        </DialogFooter>
      </DialogContent>
    </Dialog>
  );
}
