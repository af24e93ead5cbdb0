import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { NotFoundMessage } from "@/components/shell/message-pages";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shell.notFound"))("title") };
}

export default function NotFound() {
  return (
    <main id="main" className="px-4 sm:px-6">
      <NotFoundMessage />
    </main>
  );
}
