import { ClipboardList } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { hrefOf, type Params } from "@/components/clinic/href";
import { QueryForm } from "@/components/clinic/query-form";
import { RecordList } from "@/components/records/record-list";
import { Alert } from "@/components/ui/alert";
import { EmptyState } from "@/components/ui/empty-state";
import { SelectField, TextField } from "@/components/ui/field";
import { mayWrite } from "@/lib/records/access";
import { listRecords } from "@/lib/records/list-records";
import { listRecordsQuery } from "@/lib/records/schemas";
import { listTemplates } from "@/lib/records/templates";
import type { RecordSummary } from "@/lib/records/views";
import { one, type Search } from "../../../../search-params";
import { RecordsFrame } from "../frame";
import { KINDS } from "../kinds";
import { type RecordsPage, readRecordsPage } from "../read-page";
import { StartRecord } from "../start-record";

type Props = { params: Promise<{ id: string }>; searchParams: Search };
const FILTERS = ["kind", "status", "from", "to", "query"] as const;
const STATUSES = ["draft", "signed", "amended", "entered_in_error"] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("records"))("title") };
}

/** All of a patient's records that the doctor may read, the latest first. */
export default async function TimelinePage({ params, searchParams }: Props) {
  const [page, search] = await Promise.all([readRecordsPage(params), searchParams]);
  return (
    <RecordsFrame page={page}>
      {mayWrite(page.ctx, page.access) ? <Timeline page={page} search={search} /> : null}
    </RecordsFrame>
  );
}

const recordHref = ({ id, patientId, status }: RecordSummary) =>
  `/patients/${patientId}/records/${id}${status === "draft" ? "/write" : ""}`;

async function Timeline({ page, search }: { page: RecordsPage; search: Awaited<Search> }) {
  const { ctx, patient, zone } = page;
  const t = await getTranslations("records");
  // What somebody wrote into the address by hand counts only where it can be meant.
  const asked = [...FILTERS, "cursor" as const].flatMap((key) => {
    const parsed = listRecordsQuery.shape[key].safeParse(one(search[key]));
    return parsed.success && parsed.data ? [[key, parsed.data]] : [];
  });
  const query: Params = Object.fromEntries(asked);
  const [found, templates] = await Promise.all([
    listRecords(ctx, { patientId: patient.id, ...query }),
    listTemplates(ctx, {}),
  ]);
  const { cursor, ...filters } = query;
  const base = `/patients/${patient.id}/records`;
  const records = found.ok ? found.value.items : [];
  return (
    <div className="grid max-w-4xl gap-6">
      {one(search.done) === "discarded" ? (
        <Alert variant="success" role="status">
          {t("done.discarded")}
        </Alert>
      ) : null}
      <StartRecord
        patientId={patient.id}
        templates={templates.ok ? templates.value.items.filter(({ active }) => active) : []}
      />
      <Filters filters={filters} />
      {!found.ok ? (
        <Alert variant="danger">{t(found.code === "encryption_not_configured" ? "noKeys" : "badPage")}</Alert>
      ) : null}
      {found.ok && records.length === 0 ? (
        <EmptyState icon={ClipboardList} title={t(asked.length > 0 ? "noneFit" : "none")}>
          {t(asked.length > 0 ? "noneFitBody" : "noneBody")}
        </EmptyState>
      ) : null}
      <RecordList records={records} timeZone={zone} hrefOf={recordHref} isDoctor />
      <p className="flex flex-wrap gap-6">
        {found.ok && found.value.nextCursor ? (
          <Link href={hrefOf(base, { ...filters, cursor: found.value.nextCursor })} className="link">
            {t("older")}
          </Link>
        ) : null}
        {cursor ? (
          <Link href={hrefOf(base, filters)} className="link">
            {t("newest")}
          </Link>
        ) : null}
      </p>
    </div>
  );
}

async function Filters({ filters }: { filters: Params }) {
  const t = await getTranslations("records");
  return (
    <QueryForm key={JSON.stringify(filters)} label={t("filter.label")}>
      <SelectField name="kind" label={t("filter.kind")} defaultValue={filters.kind ?? ""} className="max-sm:w-full">
        <option value="">{t("filter.any")}</option>
        {KINDS.map((kind) => (
          <option key={kind} value={kind}>
            {t(`kind.${kind}`)}
          </option>
        ))}
      </SelectField>
      <SelectField
        name="status"
        label={t("filter.status")}
        defaultValue={filters.status ?? ""}
        className="max-sm:w-full"
      >
        <option value="">{t("filter.any")}</option>
        {STATUSES.map((status) => (
          <option key={status} value={status}>
            {t(`status.${status}`)}
          </option>
        ))}
      </SelectField>
      <TextField
        name="from"
        type="date"
        label={t("filter.from")}
        defaultValue={filters.from}
        controlClassName="figures"
      />
      <TextField name="to" type="date" label={t("filter.to")} defaultValue={filters.to} controlClassName="figures" />
      <TextField
        name="query"
        type="search"
        label={t("filter.query")}
        defaultValue={filters.query}
        maxLength={100}
        autoComplete="off"
        className="max-sm:w-full"
      />
    </QueryForm>
  );
}
