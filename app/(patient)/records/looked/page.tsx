import { EyeOff, Siren } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { readerZone } from "@/app/reader-zone";
import { hrefOf } from "@/components/clinic/href";
import { PatientPage } from "@/components/shell/page";
import { EmptyState } from "@/components/ui/empty-state";
import { formatDay, formatTime } from "@/lib/format/dates";
import { patientAccessLog } from "@/lib/records/access-log";
import { listGlass } from "@/lib/records/list-glass";
import type { AccessEventView, GlassView } from "@/lib/records/views";
import { type RecordsSearch, readWhose } from "../whose";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("records.looked"))("title") };
}

/** Who has read what, in words, the latest first; emergency access with its reason on top. */
export default async function LookedPage({ searchParams }: { searchParams: RecordsSearch }) {
  const whose = await readWhose(searchParams);
  const { ctx, person, isOwn, mayRead, search } = whose;
  if (!person || !mayRead) notFound();
  const cursor = typeof search.before === "string" ? search.before : undefined;
  const read = (before?: string) => patientAccessLog(ctx, { patientId: person.id, cursor: before });
  const [asked, glass, zone, t] = await Promise.all([
    read(cursor),
    listGlass(ctx, { patientId: person.id }),
    readerZone(ctx),
    getTranslations("records"),
  ]);
  const found = asked.ok || !cursor ? asked : await read();
  const events = found.ok ? found.value.items : [];
  const broken = glass.ok && !cursor ? glass.value.items : [];
  const forId = isOwn ? undefined : person.id;
  return (
    <PatientPage
      title={isOwn ? t("looked.title") : t("looked.titleFor", { name: person.name })}
      lead={t("looked.lead")}
      crumbs={[{ label: t("mine.title"), href: whose.hrefOf("") }, { label: t("looked.title") }]}
    >
      {broken.length > 0 ? <Broken glass={broken} zone={zone} /> : null}
      {events.length === 0 ? <EmptyState icon={EyeOff} title={t("looked.none")} /> : null}
      <ol className="divide-y border-y empty:hidden">
        {events.map((event) => (
          <li key={event.id} className="py-3">
            <Event event={event} zone={zone} meId={ctx.actor.userId} />
          </li>
        ))}
      </ol>
      {found.ok && found.value.nextCursor ? (
        <Link
          href={hrefOf("/records/looked", { for: forId, before: found.value.nextCursor })}
          className="link mt-4 inline-flex min-h-11 items-center"
        >
          {t("looked.older")}
        </Link>
      ) : null}
    </PatientPage>
  );
}

async function Broken({ glass, zone }: { glass: GlassView[]; zone: string }) {
  const [t, locale] = await Promise.all([getTranslations("records.looked"), getLocale()]);
  const at = (instant: string) => `${formatDay(instant, zone, locale)}, ${formatTime(instant, zone, locale)}`;
  return (
    <section aria-labelledby="glass" className="mb-10 grid gap-3">
      <h2 id="glass" className="flex items-center gap-2 text-xl">
        <Siren aria-hidden className="size-5 text-primary" />
        {t("glass")}
      </h2>
      <p className="text-muted-foreground">{t("glassBody")}</p>
      <ul className="divide-y border-y">
        {glass.map(({ id, doctor, openedAt, expiresAt, closedAt, reason }) => (
          <li key={id} className="grid gap-1 py-3">
            <p className="font-semibold">{t("glassBy", { name: doctor.name, time: at(openedAt) })}</p>
            <p className="break-words">{t("glassReason", { reason })}</p>
            <p className="text-base text-muted-foreground">{t("glassUntil", { time: at(closedAt ?? expiresAt) })}</p>
          </li>
        ))}
      </ul>
    </section>
  );
}

async function Event({ event, zone, meId }: { event: AccessEventView; zone: string; meId: string }) {
  const [t, locale] = await Promise.all([getTranslations("records.looked"), getLocale()]);
  const { at, reader, what, access } = event;
  const name = reader.userId === meId ? t("you") : (reader.name ?? t(reader.userId ? "somebody" : "system"));
  return (
    <>
      <p>
        <strong className="font-semibold">{name}</strong> {t.has(`what.${what}`) ? t(`what.${what}`) : t("what.record")}
      </p>
      <p className="text-base text-muted-foreground">
        {formatDay(at, zone, locale)}, {formatTime(at, zone, locale)}
        {reader.userId === meId ? null : ` · ${t(`access.${access}`)}`}
      </p>
    </>
  );
}
