import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { StaffPage } from "@/components/shell/page";
import { Badge } from "@/components/ui/badge";
import { Table } from "@/components/ui/table";
import { listTexts } from "@/lib/notifications/texts/queries";
import { textAddress } from "@/lib/notifications/texts/text-kinds";
import { locales } from "@/lib/platform/messages";
import { requireActor } from "@/lib/platform/request";
import { titleOf } from "../title-of";

const BADGES = { built_in: "neutral", edited: "success", unused: "warning" } as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.texts"))("title") };
}

/** Each kind of message by each way and in each language. */
export default async function TextsPage() {
  const ctx = await requireActor("admin");
  const [texts, t, locale] = await Promise.all([listTexts(ctx), getTranslations("admin.texts"), getLocale()]);
  const shown = texts.ok ? texts.value : [];
  const languages = new Intl.DisplayNames([locale], { type: "language" });
  return (
    <StaffPage title={t("title")} lead={t("lead")}>
      <Table
        label={t("title")}
        rows={shown}
        keyOf={textAddress}
        columns={[
          {
            header: t("message"),
            cell: (text) => <Link href={`/admin/texts/${textAddress(text)}`}>{titleOf(t, text.kind)}</Link>,
          },
          { header: t("channel"), cell: ({ channel }) => t(`channels.${channel}`) },
          ...(locales.length > 1
            ? [{ header: t("language"), cell: (text: (typeof shown)[number]) => languages.of(text.locale) }]
            : []),
          {
            header: t("words"),
            cell: ({ state }) => <Badge variant={BADGES[state]}>{t(`states.${state}`)}</Badge>,
          },
          {
            header: t("begins"),
            cell: ({ words }) => words.subject ?? words.body,
            className: "w-full max-w-0 truncate font-normal text-muted-foreground max-md:hidden",
          },
        ]}
      />
    </StaffPage>
  );
}
