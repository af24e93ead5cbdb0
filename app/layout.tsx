import "./globals.css";
import type { Metadata, Viewport } from "next";
import { getLocale, getTranslations } from "next-intl/server";
import { type ReactNode, Suspense } from "react";
import { ClientMessages } from "@/components/shell/client-messages";
import { PressSign } from "@/components/shell/press-sign";
import { directionOf } from "@/lib/platform/messages";
import { isRefusedPost } from "@/lib/platform/refused-post";
import { latin, latinExt } from "./fonts";
import { readTheme } from "./theme";

export async function generateMetadata(): Promise<Metadata> {
  const [t, ui, isRefused] = await Promise.all([getTranslations("meta"), getTranslations("ui"), isRefusedPost()]);
  const prefix = isRefused ? `${ui("errorSummary.titlePrefix")} ` : "";
  return {
    title: { default: prefix + t("title"), template: prefix + t.raw("template") },
    description: t("description"),
    robots: { index: false },
    referrer: "same-origin",
    formatDetection: { telephone: false },
  };
}

export const viewport: Viewport = {
  colorScheme: "light dark",
  themeColor: [
    { media: "(prefers-color-scheme: light)", color: "#faf7f1" },
    { media: "(prefers-color-scheme: dark)", color: "#0c1719" },
  ],
};

export default async function RootLayout({ children }: { children: ReactNode }) {
  const [locale, theme] = await Promise.all([getLocale(), readTheme()]);
  return (
    <html
      lang={locale}
      dir={directionOf(locale)}
      data-theme={theme === "system" ? undefined : theme}
      className={`${latin.variable} ${latinExt.variable}`}
      suppressHydrationWarning
    >
      <body>
        <Suspense>
          <PressSign />
        </Suspense>
        <ClientMessages>{children}</ClientMessages>
      </body>
    </html>
  );
}
