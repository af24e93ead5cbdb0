import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/shell/client-messages";
import { StaffPage } from "@/components/shell/page";
import { Alert } from "@/components/ui/alert";
import { previewText } from "@/lib/notifications/texts/preview-text";
import { getText } from "@/lib/notifications/texts/queries";
import { textName } from "@/lib/notifications/texts/schemas";
import { textNamed } from "@/lib/notifications/texts/text-kinds";
import { requireActor } from "@/lib/platform/request";
import { one, type Search } from "../../../search-params";
import { titleOf } from "../title-of";
import { TextEditor } from "./text-editor";
import { WaysBack } from "./ways-back";

type Props = { params: Promise<{ text: string }>; searchParams: Search };
const KNOWN = ["saved", "back", "tried"] as const;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const [{ text }, t] = await Promise.all([params, getTranslations("admin.texts")]);
  const name = textNamed(text);
  return { title: name ? titleOf(t, name.kind) : t("title") };
}

export default async function TextPage({ params, searchParams }: Props) {
  const ctx = await requireActor("admin");
  const [{ text: address }, { done }, t] = await Promise.all([params, searchParams, getTranslations("admin.texts")]);
  const name = textName.safeParse(textNamed(address));
  if (!name.success) notFound();
  const text = await getText(ctx, name.data);
  if (!text.ok) notFound();
  const { words, state, channel } = text.value;
  const preview = await previewText(ctx, { ...name.data, subject: words.subject ?? undefined, body: words.body });
  const title = titleOf(t, text.value.kind);
  const known = KNOWN.find((word) => word === one(done));
  return (
    <StaffPage
      title={`${title}: ${t(`channels.${channel}`)}`}
      lead={channel === "email" ? t("leadEmail") : t("leadSms")}
      crumbs={[{ label: t("title"), href: "/admin/texts" }, { label: title }]}
    >
      {known ? (
        <Alert variant="success" role="status" className="mb-4">
          {t(`done.${known}`)}
        </Alert>
      ) : null}
      {state === "unused" ? (
        <Alert variant="warning" className="mb-4">
          {t("unused")}
        </Alert>
      ) : null}
      <TextEditor key={text.value.version ?? 0} text={text.value} preview={preview.ok ? preview.value : null} />
      <ClientMessages namespaces={["admin", "account", "auth"]}>
        <WaysBack name={name.data} isEdited={state !== "built_in"} />
      </ClientMessages>
      <p className="mt-6 text-sm">
        <Link href="/admin/audit?table=message_templates" className="link">
          {t("history")}
        </Link>
      </p>
    </StaffPage>
  );
}
