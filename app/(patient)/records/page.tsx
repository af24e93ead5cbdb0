import { Eye, FolderHeart, FolderLock, Stethoscope } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { readerZone } from "@/app/reader-zone";
import { hrefOf } from "@/components/clinic/href";
import { RecordList } from "@/components/records/record-list";
import { PatientPage } from "@/components/shell/page";
import { EmptyState } from "@/components/ui/empty-state";
import { listRecords } from "@/lib/records/list-records";
import { type RecordsSearch, readWhose, type Whose } from "./whose";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("records"))("mine.title") };
}

/** What doctors have released, by month; of the account itself or of one it reads for (`?for=`). */
export default async function MyRecordsPage({ searchParams }: { searchParams: RecordsSearch }) {
  const [whose, t] = await Promise.all([readWhose(searchParams), getTranslations("records.mine")]);
  const { person, isOwn, mayRead } = whose;
  return (
    <PatientPage title={isOwn || !person ? t("title") : t("titleFor", { name: person.name })} lead={t("lead")}>
      {person && mayRead ? (
        <Released whose={whose} patientId={person.id} />
      ) : (
        <EmptyState icon={FolderLock} title={t("notAllowed", { name: person?.name ?? "" })}>
          {t("notAllowedBody")}
        </EmptyState>
      )}
    </PatientPage>
  );
}

async function Released({ whose, patientId }: { whose: Whose; patientId: string }) {
  const { ctx, isOwn, search } = whose;
  const cursor = typeof search.before === "string" ? search.before : undefined;
  const read = (before?: string) => listRecords(ctx, { patientId, ...(before ? { cursor: before } : {}) });
  const [t, zone, asked] = await Promise.all([getTranslations("records.mine"), readerZone(ctx), read(cursor)]);
  // A cursor that somebody wrote by hand shows the first page.
  const found = asked.ok || !cursor ? asked : await read();
  const records = found.ok ? found.value.items : [];
  const person = isOwn ? undefined : patientId;
  const link = "link inline-flex min-h-11 items-center gap-2";
  return (
    <div className="grid gap-8">
      {records.length === 0 ? (
        <EmptyState icon={FolderHeart} title={t("none")}>
          {t("noneBody")}
        </EmptyState>
      ) : (
        <RecordList
          records={records}
          timeZone={zone}
          hrefOf={({ id }) => hrefOf(`/records/${id}`, { for: person })}
          isDoctor={false}
        />
      )}
      {found.ok && found.value.nextCursor ? (
        <Link href={hrefOf("/records", { for: person, before: found.value.nextCursor })} className={link}>
          {t("older")}
        </Link>
      ) : null}
      <nav aria-label={t("more")} className="grid justify-items-start gap-1 border-t pt-6">
        <Link href={whose.hrefOf("/looked")} className={link}>
          <Eye aria-hidden className="size-5" />
          {t("looked")}
        </Link>
        {isOwn ? (
          <Link href="/records/doctors" className={link}>
            <Stethoscope aria-hidden className="size-5" />
            {t("doctors")}
          </Link>
        ) : null}
      </nav>
    </div>
  );
}
