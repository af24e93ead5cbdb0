"use client";

import { CloudAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "../ui/button";
import { MessagePage } from "./message-page";

const digestOf = (error: unknown) =>
  typeof error === "object" && error !== null && "digest" in error && typeof error.digest === "string"
    ? error.digest
    : null;

/** The body of an `error.tsx`: what happened, a reference for the clinic, Try again. */
export function ErrorMessage({ error, retry }: { error: unknown; retry: () => void }) {
  const t = useTranslations("shell.error");
  const code = digestOf(error);
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
        <p>{t("body")}</p>
      </MessagePage>
    </div>
  );
}
