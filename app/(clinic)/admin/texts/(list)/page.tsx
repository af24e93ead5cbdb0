import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { StaffPage } from "@/components/shell/page";
import { Badge } from "@/components/ui/badge";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
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
  const languages = new Intl.DisplayNames([locale], { type: "language" });
  return (
    <StaffPage title={t("title")} lead={t("lead")}>
      <Table label={t("title")}>
        <TableHeader>
          <TableRow>
            <TableHead>{t("message")}</TableHead>
            <TableHead>{t("channel")}</TableHead>
            {locales.length > 1 ? <TableHead>{t("language")}</TableHead> : null}
            <TableHead>{t("words")}</TableHead>
            <TableHead className="w-full max-md:hidden">{t("begins")}</TableHead>
          </TableRow>
        </TableHeader>
        <TableBody>
          {(texts.ok ? texts.value : []).map((text) => (
            <TableRow key={textAddress(text)}>
              <TableHead scope="row" className="max-md:whitespace-normal">
                <Link href={`/admin/texts/${textAddress(text)}`} className="link inline-flex min-h-6 items-center">
                  {titleOf(t, text.kind)}
                </Link>
              </TableHead>
              <TableCell className="whitespace-nowrap">{t(`channels.${text.channel}`)}</TableCell>
              {locales.length > 1 ? <TableCell>{languages.of(text.locale)}</TableCell> : null}
              <TableCell>
                <Badge variant={BADGES[text.state]}>{t(`states.${text.state}`)}</Badge>
              </TableCell>
              <TableCell className="max-w-0 truncate max-md:hidden text-muted-foreground">
                {text.words.subject ?? text.words.body}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </StaffPage>
  );
}
