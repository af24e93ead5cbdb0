import { ChevronRight, Paperclip } from "lucide-react";
import Link from "next/link";
import { useLocale, useTranslations } from "next-intl";
import { formatDate, formatMonth } from "@/lib/format/dates";
import type { RecordSummary } from "@/lib/records/views";
import { KindIcon, RecordBadges } from "./record-words";

type Props = {
  records: RecordSummary[];
  timeZone: string;
  hrefOf: (record: RecordSummary) => string;
  /** Doctors see how far a record has come; patients are shown only what is theirs to read. */
  isDoctor: boolean;
};

/** Records under the months in which they were so, each row leading to its page. */
export function RecordList({ records, timeZone, hrefOf, isDoctor }: Props) {
  const locale = useLocale();
  const monthOf = (record: RecordSummary) => formatMonth(record.occurredAt, timeZone, locale);
  const months = [...new Set(records.map(monthOf))];
  return (
    <div className="grid gap-6">
      {months.map((month) => (
        <section key={month} aria-label={month}>
          <h2 className="mb-2 text-base font-semibold text-muted-foreground">{month}</h2>
          <ul className="divide-y rounded-xl border bg-surface">
            {records
              .filter((record) => monthOf(record) === month)
              .map((record) => (
                <li key={record.id}>
                  <Row {...{ record, timeZone, isDoctor }} href={hrefOf(record)} />
                </li>
              ))}
          </ul>
        </section>
      ))}
    </div>
  );
}

type RowProps = Pick<Props, "timeZone" | "isDoctor"> & { record: RecordSummary; href: string };

function Row({ record, timeZone, isDoctor, href }: RowProps) {
  const t = useTranslations("records");
  const locale = useLocale();
  const { kind, title, doctor, attachmentCount, occurredAt } = record;
  const kindName = t(isDoctor ? `kind.${kind}` : `plainKind.${kind}`);
  return (
    <Link href={href} className="group flex min-h-14 items-center gap-4 px-4 py-2.5 first:rounded-t-xl hover:bg-accent">
      <KindIcon kind={kind} className="size-5 shrink-0 text-primary" />
      <span className="grid min-w-0 flex-1 gap-0.5">
        <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
          <span className="min-w-0 font-semibold break-words">{title || t("untitled")}</span>
          {isDoctor ? <RecordBadges record={record} /> : null}
        </span>
        <span className="text-base text-muted-foreground in-data-[density=dense]:text-sm">
          {[kindName, formatDate(occurredAt, timeZone, locale), doctor.name].join(" · ")}
          {attachmentCount > 0 ? (
            <span className="ms-2 inline-flex items-center gap-1">
              <Paperclip aria-hidden className="size-3.5" />
              {t("files.count", { count: attachmentCount })}
            </span>
          ) : null}
        </span>
      </span>
      <ChevronRight
        aria-hidden
        className="size-5 shrink-0 text-muted-foreground group-hover:text-primary rtl:rotate-180"
      />
    </Link>
  );
}
