import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ForbiddenMessage } from "@/components/shell/message-pages";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shell.forbidden"))("title") };
}

export default function Forbidden() {
  return (
    <main id="main" className="px-4 sm:px-6">
      <ForbiddenMessage />
    </main>
  );
}
