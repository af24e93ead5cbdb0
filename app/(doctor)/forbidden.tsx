import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ForbiddenMessage } from "@/components/shell/message-pages";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shell.forbidden"))("title") };
}

export default ForbiddenMessage;
