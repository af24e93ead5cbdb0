import { HandHelping, UserPlus, UsersRound } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { PatientPage } from "@/components/shell/page";
import { Alert } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { formatLocalDate } from "@/lib/format/dates";
import { listProxies } from "@/lib/patients/proxies";
import { representedPatients } from "@/lib/patients/queries";
import type { ProxyView, RepresentedPatient } from "@/lib/patients/views";
import { requireActor } from "@/lib/platform/request";
import { revokeProxyAction } from "./actions";

type Props = { searchParams: Promise<Record<string, string | string[] | undefined>> };

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("family"))("title") };
}

/** Whom the account looks after, and who may act for its own patient. */
export default async function FamilyPage({ searchParams }: Props) {
  const ctx = await requireActor("patient");
  const { patientId } = ctx.actor;
  const [search, people, proxies, t] = await Promise.all([
    searchParams,
    representedPatients(ctx),
    patientId ? listProxies(ctx, { patientId }) : null,
    getTranslations("family"),
  ]);
  const others = people.filter(({ relationship }) => relationship !== "self");
  const added = others.find(({ id }) => id === search.for);
  const notice =
    search.notice === "child" && added
      ? t("notice.child", { name: added.name })
      : search.notice === "allowed" || search.notice === "ended"
        ? t(`notice.${search.notice}`)
        : null;
  return (
    <PatientPage title={t("title")} lead={t("lead")}>
      {notice ? (
        <Alert variant="success" role="status" className="mb-8">
          {notice}
        </Alert>
      ) : null}
      <section aria-labelledby="people" className="grid gap-4">
        <h2 id="people" className="text-xl">
          {t("people")}
        </h2>
        {others.length > 0 ? <People people={others} /> : null}
        <AddChild isEmpty={others.length === 0} />
      </section>
      {proxies?.ok ? <Helpers proxies={proxies.value.items} /> : null}
    </PatientPage>
  );
}

async function People({ people }: { people: RepresentedPatient[] }) {
  const [t, locale] = await Promise.all([getTranslations("family"), getLocale()]);
  const link = "link inline-flex min-h-11 min-w-11 items-center";
  return (
    <ul className="divide-y border-y">
      {people.map(({ id, name, relationship, dateOfBirth }) => (
        <li key={id} className="flex flex-wrap items-center gap-x-6 gap-y-1 py-3">
          <div className="min-w-0 flex-1 basis-full sm:basis-52">
            <p className="font-semibold">{name}</p>
            <p className="text-base text-muted-foreground first-letter:uppercase">
              {t.has(`relationship.${relationship}`) ? t(`relationship.${relationship}`) : t("relationship.other")}
              {dateOfBirth ? ` · ${t("born", { date: formatLocalDate(dateOfBirth, locale, "date") })}` : null}
            </p>
          </div>
          <Link href={`/visits?for=${id}`} className={link}>
            {t("visits")}
            <span className="sr-only"> {t("visitsOf", { name })}</span>
          </Link>
          <Link href={`/profile?for=${id}`} className={link}>
            {t("contact")}
            <span className="sr-only"> {t("visitsOf", { name })}</span>
          </Link>
        </li>
      ))}
    </ul>
  );
}

async function AddChild({ isEmpty }: { isEmpty: boolean }) {
  const t = await getTranslations("family");
  const button = (
    <Button variant={isEmpty ? "primary" : "secondary"} asChild className="justify-self-start">
      <Link href="/family/add">
        <UserPlus aria-hidden />
        {t("addChild")}
      </Link>
    </Button>
  );
  if (!isEmpty) return button;
  return (
    <EmptyState icon={UsersRound} title={t("none")} heading="h3" action={button}>
      {t("noneBody")}
    </EmptyState>
  );
}

async function Helpers({ proxies }: { proxies: ProxyView[] }) {
  const t = await getTranslations("family");
  return (
    <section aria-labelledby="helpers" className="mt-12 grid gap-4 border-t pt-8">
      <div>
        <h2 id="helpers" className="text-xl">
          {t("helpers")}
        </h2>
        <p className="mt-1 text-muted-foreground">{proxies.length > 0 ? t("helpersBody") : t("noHelpers")}</p>
      </div>
      {proxies.length > 0 ? (
        <ul className="divide-y border-y">
          {proxies.map((proxy) => (
            <Helper key={proxy.id} proxy={proxy} />
          ))}
        </ul>
      ) : null}
      <Button variant="secondary" asChild className="justify-self-start">
        <Link href="/family/allow">
          <HandHelping aria-hidden />
          {t("allow")}
        </Link>
      </Button>
    </section>
  );
}

async function Helper({ proxy }: { proxy: ProxyView }) {
  const [t, locale] = await Promise.all([getTranslations("family"), getLocale()]);
  const may = proxy.capabilities.filter((capability) => t.has(`may.${capability}`)).map((one) => t(`may.${one}`));
  const until = proxy.validUntil?.slice(0, 10);
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-3">
      <div className="min-w-0 flex-1 basis-56">
        <p className="font-semibold">{proxy.name}</p>
        <p className="text-base text-muted-foreground">
          {new Intl.ListFormat(locale).format(may)}
          {until ? `, ${t("until", { date: formatLocalDate(until, locale, "date") })}` : null}
        </p>
      </div>
      <form action={revokeProxyAction}>
        <input type="hidden" name="id" value={proxy.id} />
        <SubmitButton variant="secondary" pendingLabel={t("ending")}>
          {t("end")}
          <span className="sr-only"> {t("endFor", { name: proxy.name })}</span>
        </SubmitButton>
      </form>
    </li>
  );
}
