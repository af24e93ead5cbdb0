import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { wordingOf } from "@/components/records/draft-store";
import { one, type Search } from "../../../../../search-params";
import { RecordsFrame } from "../../frame";
import { readRecordPage } from "../../read-page";
import { UploadFile } from "../files-section";
import { DiscardForm } from "../record-forms";
import { DraftEditor } from "./draft-editor";

type Props = { params: Promise<{ id: string; recordId: string }>; searchParams: Search };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("records"))("write.title") };
}

export default async function WritePage({ params, searchParams }: Props) {
  const [page, search, t] = await Promise.all([readRecordPage(params), searchParams, getTranslations("records")]);
  const { record, patient, ctx, zone } = page;
  const href = `/patients/${patient.id}/records/${record.id}`;
  if (record.status !== "draft") redirect(href);
  return (
    <RecordsFrame page={page} title={t(`kind.${record.kind}`)} crumbs={[{ label: t("write.title") }]}>
      <div className="grid max-w-3xl gap-8">
        <DraftEditor
          key={record.id}
          id={record.id}
          kind={record.kind}
          userId={ctx.actor.userId}
          timeZone={zone}
          first={wordingOf(record)}
        />
        <UploadFile record={record} fault={one(search.file)} />
        <DiscardForm
          record={{ id: record.id, version: record.version, patientId: patient.id }}
          userId={ctx.actor.userId}
        />
      </div>
    </RecordsFrame>
  );
}
