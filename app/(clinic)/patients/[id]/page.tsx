import { CalendarPlus, Pencil, ShieldCheck } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { notFound } from "next/navigation";
import { getLocale, getTranslations } from "next-intl/server";
import { VisitsTable } from "@/components/clinic/visits-table";
import { StaffPage } from "@/components/shell/page";
import { telHref } from "@/components/shell/phone";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { SummaryList } from "@/components/ui/summary-list";
import { patientVisits } from "@/lib/appointments/visit-lists";
import { isUuid } from "@/lib/clinic/queries";
import { formatDate, formatLocalDate } from "@/lib/format/dates";
import { displayPhone } from "@/lib/format/phone";
import { listNextVisits } from "@/lib/next-visits/queries";
import type { NextVisitView } from "@/lib/next-visits/views";
import { listStops } from "@/lib/notifications/stops";
import { listProxies } from "@/lib/patients/proxies";
import { getPatient } from "@/lib/patients/queries";
import type { PatientView, ProxyView } from "@/lib/patients/views";
import { requireActor } from "@/lib/platform/request";
import { listConsents } from "@/lib/privacy/list-consents";
import { one, type Search } from "../../search-params";
import { PatientRecords } from "./patient-records";
import { GrantForm, RevokeForm } from "./proxies";
import { RecallConsent } from "./recall-consent";
import { Stops } from "./stops";

type Props = { params: Promise<{ id: string }>; searchParams: Search };
const SHOWN_VISITS = 10;

export async function generateMetadata(): Promise<Metadata> {
  // A tab's title is seen by whoever looks over the shoulder: no name in it.
  return { title: (await getTranslations("patients"))("oneTitle") };
}

export default async function PatientPage({ params, searchParams }: Props) {
  const ctx = await requireActor("doctor", "receptionist", "admin");
  const [{ id }, search, t, locale] = await Promise.all([
    params,
    searchParams,
    getTranslations("patients"),
    getLocale(),
  ]);
  const found = isUuid(id) ? await getPatient(ctx, { id }) : null;
  if (!found?.ok) notFound();
  const patient = found.value;
  const mayRun = ctx.actor.role !== "doctor";
  const [upcoming, past, proxies, stops, alike, nextVisits, consents] = await Promise.all([
    patientVisits(ctx, { when: "upcoming", patientId: id, limit: SHOWN_VISITS }),
    patientVisits(ctx, { when: "past", patientId: id, limit: SHOWN_VISITS }),
    mayRun ? listProxies(ctx, { patientId: id }) : null,
    mayRun ? listStops(ctx, { patientId: id }) : null,
    alikeOf(one(search.alike), ctx),
    listNextVisits(ctx, { patientId: id }),
    mayRun ? listConsents(ctx, { patientId: id }) : null,
  ]);
  const recalls = consents?.ok ? consents.value.items.find(({ kind }) => kind === "recalls") : undefined;
  const done = (["registered", "saved"] as const).find((known) => known === one(search.done));
  return (
    <StaffPage
      title={patient.name}
      lead={[patient.dateOfBirth && formatLocalDate(patient.dateOfBirth, locale, "date"), patient.recordNumber]
        .filter(Boolean)
        .join(" · ")}
      crumbs={[{ label: t("title"), href: "/patients" }, { label: patient.name }]}
      actions={
        <>
          {ctx.actor.role === "admin" ? (
            <Button variant="secondary" size="sm" asChild>
              <Link href={`/admin/privacy/${id}`}>
                <ShieldCheck aria-hidden />
                {t("privacy")}
              </Link>
            </Button>
          ) : null}
          <Button variant="secondary" size="sm" asChild>
            <Link href={`/patients/${id}/edit`}>
              <Pencil aria-hidden />
              {t("edit")}
            </Link>
          </Button>
          <Button size="sm" asChild>
            <Link href={`/book?patientId=${id}`}>
              <CalendarPlus aria-hidden />
              {t("book")}
            </Link>
          </Button>
        </>
      }
    >
      {done ? (
        <Alert variant="success" role="status" className="mb-4">
          {t(`done.${done}`)}
        </Alert>
      ) : null}
      {alike.length > 0 ? (
        <Alert variant="warning" title={t("alikeTitle")} className="mb-4">
          <p>{t("alikeBody")}</p>
          <ul className="mt-2 list-disc ps-5">
            {alike.map((other) => (
              <li key={other.id}>
                <Link href={`/patients/${other.id}`} className="link">
                  {other.name}
                </Link>
                {`, ${[other.dateOfBirth && formatLocalDate(other.dateOfBirth, locale, "date"), other.recordNumber].filter(Boolean).join(", ")}`}
              </li>
            ))}
          </ul>
        </Alert>
      ) : null}
      <PatientRecords ctx={ctx} patientId={id} />
      <div className="grid items-start gap-x-8 gap-y-8 xl:grid-cols-[minmax(0,2fr)_minmax(20rem,1fr)]">
        <section aria-labelledby="visits" className="grid min-w-0 gap-4">
          <h2 id="visits" className="text-lg">
            {t("visits.title")}
          </h2>
          <VisitsTable
            label={t("visits.upcoming")}
            visits={upcoming.ok ? upcoming.value.items : []}
            empty={t("visits.noneUpcoming")}
          />
          {nextVisits.ok ? <NextVisits wishes={nextVisits.value} /> : null}
          <VisitsTable label={t("visits.past")} visits={past.ok ? past.value.items : []} empty={t("visits.nonePast")} />
          <p>
            <Link
              href={`/appointments?patient=${id}&when=all&sort=-start`}
              className="link inline-flex min-h-6 items-center text-sm"
            >
              {t("visits.all")}
            </Link>
          </p>
        </section>
        <div className="grid gap-8">
          <Contact patient={patient} />
          {stops?.ok && stops.value.length > 0 ? <Stops patientId={id} stops={stops.value} /> : null}
          {recalls ? (
            <RecallConsent
              patientId={id}
              given={recalls.given}
              since={recalls.history[0] ? formatDate(recalls.history[0].at, "UTC", locale) : null}
            />
          ) : null}
          {proxies?.ok ? <Proxies patientId={id} proxies={proxies.value.items} /> : null}
        </div>
      </div>
    </StaffPage>
  );
}

/** What doctors have asked for and nobody has booked yet. */
async function NextVisits({ wishes }: { wishes: NextVisitView[] }) {
  const [t, locale] = await Promise.all([getTranslations("patients.visits"), getLocale()]);
  if (wishes.length === 0) return null;
  return (
    <section aria-labelledby="come-again" className="text-sm">
      <h3 id="come-again" className="mb-1 text-base">
        {t("comeAgain")}
      </h3>
      <ul className="divide-y border-y">
        {wishes.map(({ appointmentId, service, doctor, patient, wishedOn }) => (
          <li key={appointmentId} className="flex flex-wrap items-baseline justify-between gap-x-4 gap-y-1 py-2">
            <Link href={`/appointments/${appointmentId}`} className="link">
              {t("comeAgainFor", { service: service.name, date: formatLocalDate(wishedOn, locale, "date") })}
            </Link>
            <span className="text-muted-foreground">{doctor.name}</span>
            <Link href={`/book?patientId=${patient.id}&serviceId=${service.id}`} className="link">
              {t("comeAgainBook")}
            </Link>
          </li>
        ))}
      </ul>
    </section>
  );
}

async function alikeOf(ids: string | undefined, ctx: Parameters<typeof getPatient>[0]): Promise<PatientView[]> {
  const asked = (ids ?? "").split(",").filter(isUuid).slice(0, 10);
  const found = await Promise.all(asked.map((id) => getPatient(ctx, { id })));
  return found.flatMap((result) => (result.ok ? [result.value] : []));
}

async function Contact({ patient }: { patient: PatientView }) {
  const t = await getTranslations("patients");
  const none = <span className="text-muted-foreground">{t("unknown")}</span>;
  return (
    <section aria-labelledby="contact">
      <h2 id="contact" className="mb-2 text-lg">
        {t("contact")}
      </h2>
      <SummaryList
        className="text-sm"
        rows={[
          {
            id: "phone",
            label: t("fields.phone"),
            value: patient.phone ? (
              <a href={telHref(patient.phone)} className="link figures">
                {displayPhone(patient.phone)}
              </a>
            ) : (
              none
            ),
          },
          {
            id: "email",
            label: t("fields.email"),
            value: patient.email ? (
              <a href={`mailto:${patient.email}`} className="link break-all">
                {patient.email}
              </a>
            ) : (
              none
            ),
          },
          { id: "address", label: t("fields.address"), value: patient.address ?? none },
          { id: "sex", label: t("fields.sex"), value: t(`sex.${patient.sex}`) },
        ]}
      />
    </section>
  );
}

async function Proxies({ patientId, proxies }: { patientId: string; proxies: ProxyView[] }) {
  const [t, locale] = await Promise.all([getTranslations("patients.proxies"), getLocale()]);
  const relationships = ["parent", "guardian", "partner", "child", "carer", "other"] as const;
  const capabilities = ["view", "book", "cancel", "records"] as const;
  return (
    <section aria-labelledby="proxies" className="grid gap-3">
      <h2 id="proxies" className="text-lg">
        {t("title")}
      </h2>
      {proxies.length === 0 ? <p className="text-sm text-muted-foreground">{t("none")}</p> : null}
      <ul className="divide-y border-y empty:hidden">
        {proxies.map((proxy) => (
          <li key={proxy.id} className="flex items-start justify-between gap-3 py-2.5 text-sm">
            <div className="min-w-0">
              <p className="font-semibold">
                {proxy.name}{" "}
                <span className="font-normal text-muted-foreground">
                  ({t(`relationships.${relationships.find((known) => known === proxy.relationship) ?? "other"}`)})
                </span>
              </p>
              <p className="break-all text-muted-foreground">{proxy.email}</p>
              <p>
                {capabilities
                  .filter((known) => proxy.capabilities.includes(known))
                  .map((known) => t(`may.${known}`))
                  .join(", ")}
              </p>
              {proxy.validUntil ? (
                <p className="text-muted-foreground">
                  {t("until", { date: formatDate(proxy.validUntil, "UTC", locale) })}
                </p>
              ) : null}
            </div>
            <RevokeForm id={proxy.id} name={proxy.name} />
          </li>
        ))}
      </ul>
      <details className="rounded-lg border px-4 py-2">
        <summary className="min-h-8 py-1 font-semibold">{t("add")}</summary>
        <div className="py-3">
          <GrantForm patientId={patientId} />
        </div>
      </details>
    </section>
  );
}
