"use client";

import { CloudAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "../ui/button";
import { MessagePage } from "./message-page";

const digestOf = (error: unknown) =>
  typeof error === "object" && error !== null && "digest" in error && typeof error.digest === "string"
    ? error.digest
    : null;

const ASK_EVERY_MS = 4_000;

/** Whether the clinic's records can't be reached; once they can again, the page comes back by itself. */
function useOutage(retry: () => void): boolean {
  const [isOut, setOut] = useState(false);
  const again = useRef(retry);
  again.current = retry;
  useEffect(() => {
    let wasOut = false;
    const ask = async () => {
      const isReady = await fetch("/api/health/ready", { cache: "no-store" }).then(
        ({ ok }) => ok,
        () => false,
      );
      if (!isReady) setOut(true);
      // Ready from the start: then it is a fault of the page, and trying again and again would not mend it.
      else if (wasOut) again.current();
      else clearInterval(timer);
      wasOut ||= !isReady;
    };
    const timer = setInterval(() => void ask(), ASK_EVERY_MS);
    void ask();
    return () => clearInterval(timer);
  }, []);
  return isOut;
}

/** The body of an `error.tsx`: what happened, a reference for the clinic, Try again. After an outage it comes back by itself. */
export function ErrorMessage({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useTranslations("shell.error");
  const isOut = useOutage(retry);
  const code = isOut ? null : digestOf(error);
  return (
    <div role="alert">
      <title>{t("title")}</title>
      <MessagePage
        icon={CloudAlert}
        title={t("title")}
        code={code ? t("code", { code }) : null}
        actions={
          <>
            <Button onClick={retry}>{t("retry")}</Button>
            <Button variant="secondary" asChild>
              {/* A whole load, as what is on the page may be broken. */}
              <a href="/">{t("home")}</a>
            </Button>
          </>
        }
      >
        <p>{t(isOut ? "outage" : "body")}</p>
      </MessagePage>
    </div>
  );
}
