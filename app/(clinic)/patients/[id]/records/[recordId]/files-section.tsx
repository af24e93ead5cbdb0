import { useTranslations } from "next-intl";
import { RecordFiles } from "@/components/records/record-files";
import { Alert } from "@/components/ui/alert";
import type { RecordView } from "@/lib/records/views";
import { RemoveFileForm, UploadForm } from "./record-forms";

const FAULTS = ["none", "type", "size", "many", "other"] as const;

/** The files of a draft, and the way to add one. `fault`: why the last one was not taken. */
export function UploadFile({ record, fault }: { record: RecordView; fault: string | undefined }) {
  const t = useTranslations("records.files");
  const known = FAULTS.find((one) => one === fault);
  return (
    <section id="files" aria-labelledby="files-title" className="grid gap-3 border-t pt-5">
      <h2 id="files-title" className="text-lg">
        {t("title")}
      </h2>
      {known ? (
        <Alert variant="danger" role="alert">
          {t(`faults.${known}`)}
        </Alert>
      ) : null}
      <RecordFiles files={record.attachments} remove={(file) => <RemoveFileForm id={file.id} name={file.fileName} />} />
      <UploadForm action={`/patients/${record.patientId}/records/${record.id}/files`} />
    </section>
  );
}
