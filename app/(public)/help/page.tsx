import { ChevronDown, MapPin, Phone } from "lucide-react";
import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PatientPage } from "@/components/shell/page";
import { telHref } from "@/components/shell/phone";
import { Button } from "@/components/ui/button";
import { listLocations } from "@/lib/clinic/queries";
import { clinicSettings } from "@/lib/clinic/settings";
import type { LocationView } from "@/lib/clinic/views";
import { displayPhone } from "@/lib/format/phone";
import { pageContext } from "@/lib/platform/request";

const TOPICS = ["book", "change", "family", "calendar", "time", "video"] as const;
const PLACES = 100;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("help"))("title") };
}

export default async function HelpPage() {
  const ctx = await pageContext();
  const [clinic, locations, t] = await Promise.all([
    clinicSettings(ctx.db),
    listLocations(ctx, { state: "active", limit: PLACES }),
    getTranslations("help"),
  ]);
  const places = locations.ok ? locations.value.items : [];
  return (
    <PatientPage title={t("title")} lead={t("lead")}>
      <div className="grid gap-12">
        {clinic.phone || clinic.email ? (
          <section
            aria-labelledby="call"
            className="grid gap-3 rounded-xl bg-accent p-6 text-accent-foreground lg:hidden"
          >
            <h2 id="call" className="text-lg">
              {t("call")}
            </h2>
            <p>{t("callBody")}</p>
            <p className="flex flex-wrap gap-3">
              {clinic.phone ? (
                <Button size="lg" asChild className="figures">
                  <a href={telHref(clinic.phone)}>
                    <Phone aria-hidden />
                    {displayPhone(clinic.phone)}
                  </a>
                </Button>
              ) : null}
              {clinic.email ? (
                <Button size="lg" variant="secondary" asChild>
                  <a href={`mailto:${clinic.email}`}>{t("mail")}</a>
                </Button>
              ) : null}
            </p>
          </section>
        ) : null}
        <HowTo />
        {places.length > 0 ? <Places places={places} /> : null}
      </div>
    </PatientPage>
  );
}

async function HowTo() {
  const t = await getTranslations("help");
  return (
    <section aria-labelledby="how">
      <h2 id="how" className="mb-3 text-xl">
        {t("how")}
      </h2>
      <div className="divide-y border-y">
        {TOPICS.map((topic) => (
          <details key={topic} className="group">
            <summary className="flex min-h-13 list-none items-center font-semibold text-primary">
              <ChevronDown aria-hidden className="me-2 size-5 shrink-0 group-open:rotate-180" />
              <span className="underline-offset-3 group-hover:underline">{t(`topics.${topic}.title`)}</span>
            </summary>
            <p className="ps-7 pb-4">{t(`topics.${topic}.body`)}</p>
          </details>
        ))}
      </div>
    </section>
  );
}

async function Places({ places }: { places: LocationView[] }) {
  const t = await getTranslations("help");
  const link = "link inline-flex min-h-11 items-center";
  return (
    <section aria-labelledby="places">
      <h2 id="places" className="mb-4 text-xl">
        {t("places")}
      </h2>
      <ul className="grid gap-6 sm:grid-cols-2">
        {places.map(({ id, name, address, phone }) => (
          <li key={id}>
            <h3 className="flex items-start gap-2 text-lg">
              <MapPin aria-hidden className="mt-1 size-5 shrink-0 text-primary" />
              {name}
            </h3>
            {address ? (
              <address className="text-base whitespace-pre-line text-muted-foreground not-italic">{address}</address>
            ) : null}
            <p className="flex flex-wrap gap-x-5 text-base">
              {phone ? (
                <a href={telHref(phone)} className={`${link} figures`}>
                  {displayPhone(phone)}
                </a>
              ) : null}
              {address ? (
                <a
                  href={`https://www.openstreetmap.org/search?query=${encodeURIComponent(address)}`}
                  rel="noreferrer"
                  className={link}
                >
                  {t("directions")}
                  <span className="sr-only"> {t("directionsTo", { name })}</span>
                </a>
              ) : null}
            </p>
          </li>
        ))}
      </ul>
    </section>
  );
}
