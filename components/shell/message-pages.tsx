"use client";

// Every page carries them as data, in case; as client components they are a name each.
import { Lock, SearchX } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { Button } from "../ui/button";
import { MessagePage } from "./message-page";

/** What was asked for is not here, or not the asker's to see: the same words for both. */
export function NotFoundMessage() {
  const t = useTranslations("shell.notFound");
  return (
    <MessagePage icon={SearchX} title={t("title")} actions={<HomeLink label={t("home")} />}>
      <p>{t("body")}</p>
    </MessagePage>
  );
}

/** Signed in, but the page is not for this role. */
export function ForbiddenMessage() {
  const t = useTranslations("shell.forbidden");
  return (
    <MessagePage icon={Lock} title={t("title")} actions={<HomeLink label={t("home")} />}>
      <p>{t("body")}</p>
    </MessagePage>
  );
}

const HomeLink = ({ label }: { label: string }) => (
  <Button asChild>
    <Link href="/">{label}</Link>
  </Button>
);
