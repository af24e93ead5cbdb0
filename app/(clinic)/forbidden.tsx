import { Lock } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { MessagePage } from "@/components/shell/message-page";
import { Button } from "@/components/ui/button";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shell.forbidden"))("title") };
}

/** Within the frame of staff, so that the way on is at hand. */
export default async function Forbidden() {
  const t = await getTranslations("shell.forbidden");
  return (
    <MessagePage
      icon={Lock}
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
