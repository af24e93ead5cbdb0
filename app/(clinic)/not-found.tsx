import { SearchX } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { MessagePage } from "@/components/shell/message-page";
import { Button } from "@/components/ui/button";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shell.notFound"))("title") };
}

export default async function NotFound() {
  const t = await getTranslations("shell.notFound");
  return (
    <MessagePage
      icon={SearchX}
      title={t("title")}
      actions={
        <Button asChild>
          <Link href="/">{t("home")}</Link>
        </Button>
      }
    >
      <p>{t("body")}</p>
    </MessagePage>
  );
}
