import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/shell/client-messages";
import { PatientPage } from "@/components/shell/page";
import { Alert } from "@/components/ui/alert";
import { SummaryList } from "@/components/ui/summary-list";
import { formatDay, formatTime, zoneName } from "@/lib/format/dates";
import { displayPhone } from "@/lib/format/phone";
import { type LinkView, linkInput, readLink } from "@/lib/notifications/use-link";
import { pageContext } from "@/lib/platform/request";
import { LinkForm } from "./link-form";

type Props = { params: Promise<{ token: string }> };

/** The address is a key: it is told to no other site, and to no search engine. */
export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("link");
  return { title: t("title.confirm"), referrer: "no-referrer", robots: { index: false, follow: false } };
}

/** What a link of a message would do. Looking changes nothing; only the button acts. */
export default async function LinkPage({ params }: Props) {
  const [ctx, { token }, t] = await Promise.all([pageContext(), params, getTranslations("link")]);
  const asked = linkInput.safeParse({ token });
  const found = asked.success ? await readLink(ctx, asked.data) : null;
  if (!found?.ok)
    return (
      <PatientPage title={t("unknownTitle")} lead={t("state.unknown")}>
        <Link href="/visits" className="link">
          {t("account")}
        </Link>
      </PatientPage>
    );
  const link = found.value;
  const { act, state, locationPhone } = link;
  return (
    <PatientPage title={t(`title.${act}`)} lead={state === "open" ? t(`lead.${act}`) : undefined}>
      <div className="grid gap-8">
        {state === "used" ? (
          <Alert variant="success" role="status">
            {t(`done.${act}`)}
          </Alert>
        ) : null}
        {state === "over" || state === "changed" ? <Alert>{t(`state.${state}`)}</Alert> : null}
        {state === "changed" || act === "unsubscribe" ? null : <When link={link} />}
        {state === "open" ? (
          <ClientMessages namespaces={["link"]}>
            <LinkForm token={token} act={act} />
          </ClientMessages>
        ) : null}
        <div className="grid gap-2">
          <p>
            <Link href="/visits" className="link">
              {t("account")}
            </Link>
          </p>
          {locationPhone ? <p>{t("call", { phone: displayPhone(locationPhone) })}</p> : null}
        </div>
      </div>
    </PatientPage>
  );
}

async function When({ link: { startsAt, timeZone, locationName } }: { link: LinkView }) {
  const [t, locale] = await Promise.all([getTranslations("link"), getLocale()]);
  const when = t("whenValue", {
    date: formatDay(startsAt, timeZone, locale),
    time: formatTime(startsAt, timeZone, locale),
    zone: zoneName(timeZone, startsAt, locale),
  });
  return (
    <SummaryList
      rows={[
        { id: "when", label: t("when"), value: when },
        { id: "where", label: t("where"), value: locationName },
      ]}
    />
  );
}
