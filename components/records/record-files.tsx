import { Download, Paperclip } from "lucide-react";
import { useLocale, useTranslations } from "next-intl";
import type { ReactNode } from "react";
import type { AttachmentView } from "@/lib/records/views";

type Props = { files: AttachmentView[]; remove?: (file: AttachmentView) => ReactNode };

/** Files as downloads; each is served through the permission check, and the read is written down. */
export function RecordFiles({ files, remove }: Props) {
  const t = useTranslations("records.files");
  const locale = useLocale();
  const size = new Intl.NumberFormat(locale, { style: "unit", unit: "kilobyte", maximumFractionDigits: 0 });
  if (files.length === 0) return null;
  return (
    <ul className="divide-y border-y">
      {files.map((file) => (
        <li key={file.id} className="flex flex-wrap items-center gap-x-4 gap-y-1 py-2">
          <Paperclip aria-hidden className="size-4 shrink-0 text-muted-foreground" />
          <span className="min-w-0 flex-1 basis-40">
            <span className="block break-all">{file.fileName}</span>
            <span className="figures text-sm text-muted-foreground">{size.format(file.sizeBytes / 1_000)}</span>
          </span>
          <a
            href={`/attachments/${file.id}`}
            download
            className="link inline-flex min-h-11 items-center gap-1.5 print:hidden"
          >
            <Download aria-hidden className="size-4" />
            {t("download")}
            <span className="sr-only"> {file.fileName}</span>
          </a>
          {remove?.(file)}
        </li>
      ))}
    </ul>
  );
}
