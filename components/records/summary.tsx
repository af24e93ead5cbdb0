import Link from "next/link";
import { useTranslations } from "next-intl";
import type { PatientSummary, RecordSummary } from "@/lib/records/views";
import { Alert } from "../ui/alert";
import { Coding } from "./record-words";

const hrefOf = ({ patientId, id }: RecordSummary) => `/patients/${patientId}/records/${id}`;

/** What a doctor has to know first: allergies and warnings, then problems and medications. */
export function RecordsSummary({ summary }: { summary: PatientSummary }) {
  const t = useTranslations("records.summary");
  const { allergies, warnings, problems, medications } = summary;
  return (
    <div className="grid gap-4">
      {allergies.length + warnings.length > 0 ? (
        <Alert variant="danger" title={t("first")}>
          <ul className="mt-1 grid gap-1">
            {allergies.map((record) => (
              <Item key={record.id} record={record} label={t("allergy")} />
            ))}
            {warnings.map((record) => (
              <Item key={record.id} record={record} label={t("warning")} />
            ))}
          </ul>
        </Alert>
      ) : (
        <p className="text-sm text-muted-foreground">{t("noneFirst")}</p>
      )}
      <div className="grid gap-4 sm:grid-cols-2">
        <Problems title={t("problems")} none={t("noProblems")} records={problems} />
        <Problems title={t("medications")} none={t("noMedications")} records={medications} />
      </div>
    </div>
  );
}

const Item = ({ record, label }: { record: RecordSummary; label: string }) => (
  <li>
    <span className="font-semibold">{label}: </span>
    <Link href={hrefOf(record)} className="inline-flex min-h-6 items-center pointer-coarse:min-h-11">
      {record.title}
    </Link>
  </li>
);

function Problems({ title, none, records }: { title: string; none: string; records: RecordSummary[] }) {
  return (
    <section aria-label={title} className="text-sm">
      <h3 className="mb-1 text-base">{title}</h3>
      {records.length === 0 ? <p className="text-muted-foreground">{none}</p> : null}
      <ul className="divide-y border-y empty:hidden">
        {records.map((record) => (
          <li key={record.id} className="py-1.5">
            <Link href={hrefOf(record)} className="link inline-flex min-h-6 items-center pointer-coarse:min-h-11">
              {record.title}
            </Link>
            {record.coding ? (
              <p className="text-muted-foreground">
                <Coding coding={record.coding} />
              </p>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
}
