import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { wordingOf } from "@/components/records/draft-store";
import { RecordsFrame } from "../../frame";
import { readRecordPage } from "../../read-page";
import { AmendForm } from "./amend-form";

type Props = { params: Promise<{ id: string; recordId: string }> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("records.amend"))("title") };
}

export default async function AmendPage({ params }: Props) {
  const [page, t] = await Promise.all([readRecordPage(params), getTranslations("records")]);
  const { record, patient } = page;
  const href = `/patients/${patient.id}/records/${record.id}`;
  if (record.status !== "signed" && record.status !== "amended") redirect(href);
  return (
    <RecordsFrame
      page={page}
      title={t("amend.title")}
      crumbs={[{ label: record.title, href }, { label: t("amend.link") }]}
    >
      <p className="mb-4 max-w-3xl">{t("amend.body")}</p>
      <AmendForm
        id={record.id}
        kind={record.kind}
        wording={wordingOf(record)}
        isReleased={record.release === "released"}
      />
    </RecordsFrame>
  );
}
