import { CalendarPlus, LogIn, MapPin, Phone } from "lucide-react";
import Link from "next/link";
import { useTranslations } from "next-intl";
import { displayPhone } from "@/lib/format/phone";
import { telHref } from "../shell/phone";
import { Button } from "../ui/button";
import { SlotStrip } from "./slot-strip";

export type LandingLocation = { id: string; name: string; address: string | null; phone: string | null };
export type LandingProps = {
  clinic: { name: string; phone: string | null };
  locations: LandingLocation[];
  findHref: string;
  /** The second thing to do: sign in, or go to one's own pages. */
  second: { href: string; label: string };
};

const steps = ["reason", "time", "change"] as const;

/** The clinic's front door: what can be done here, where the clinic is, and whom to call instead. */
export function Landing({ clinic, locations, findHref, second }: LandingProps) {
  const t = useTranslations("landing");
  return (
    <div data-wide className="peer grid gap-16 sm:gap-24 lg:col-span-2">
      <section className="grid items-center gap-10 lg:grid-cols-[minmax(0,6fr)_minmax(0,5fr)] lg:gap-16">
        <div className="grid justify-items-start gap-5">
          <h1 className="text-2xl">{t("title", { clinic: clinic.name })}</h1>
          <p className="max-w-[34rem] text-muted-foreground">{t("lead")}</p>
          <div className="mt-2 flex w-full flex-wrap gap-3">
            <Button size="lg" asChild className="max-sm:w-full">
              <Link href={findHref}>
                <CalendarPlus aria-hidden />
                {t("find")}
              </Link>
            </Button>
            <Button size="lg" variant="secondary" asChild className="max-sm:w-full">
              <Link href={second.href}>
                <LogIn aria-hidden className="rtl:rotate-180" />
                {second.label}
              </Link>
            </Button>
          </div>
          <p className="text-base text-muted-foreground">{t("noAccount")}</p>
        </div>
        <SlotStrip className="h-64 sm:h-80 lg:h-104" />
      </section>

      <section aria-labelledby="how" className="grid gap-6">
        <h2 id="how" className="text-xl">
          {t("how")}
        </h2>
        <ol className="grid gap-x-10 gap-y-8 md:grid-cols-3">
          {steps.map((step, index) => (
            <li key={step} className="grid content-start gap-1.5 border-t-3 border-primary pt-4">
              <span aria-hidden className="figures text-base font-bold text-primary">
                {index + 1}
              </span>
              <h3 className="text-lg">{t(`steps.${step}.title`)}</h3>
              <p className="text-base text-muted-foreground">{t(`steps.${step}.body`)}</p>
            </li>
          ))}
        </ol>
      </section>

      <section aria-labelledby="where" className="grid gap-6">
        <h2 id="where" className="text-xl">
          {t("where")}
        </h2>
        {locations.length > 0 ? (
          <ul className="grid gap-x-10 gap-y-6 sm:grid-cols-2 lg:grid-cols-4">
            {locations.map((location) => (
              <Place key={location.id} location={location} />
            ))}
          </ul>
        ) : null}
        {clinic.phone ? (
          <div className="flex flex-wrap items-center justify-between gap-4 rounded-xl bg-accent px-6 py-5 text-accent-foreground">
            <p>
              <strong className="block font-semibold">{t("callTitle")}</strong>
              <span className="text-base">{t("callBody")}</span>
            </p>
            <Button variant="secondary" asChild className="figures">
              <a href={telHref(clinic.phone)}>
                <Phone aria-hidden />
                {t("call", { phone: displayPhone(clinic.phone) })}
              </a>
            </Button>
          </div>
        ) : null}
      </section>
    </div>
  );
}

function Place({ location }: { location: LandingLocation }) {
  return (
    <li className="grid content-start gap-0.5 text-base">
      <h3 className="flex items-start gap-2 text-lg">
        <MapPin aria-hidden className="mt-1 size-5 shrink-0 text-primary" />
        {location.name}
      </h3>
      {location.address ? (
        <address className="ps-7 whitespace-pre-line text-muted-foreground not-italic">{location.address}</address>
      ) : null}
      {location.phone ? (
        <a
          href={telHref(location.phone)}
          className="link figures ms-7 inline-flex min-h-11 items-center justify-self-start"
        >
          {displayPhone(location.phone)}
        </a>
      ) : null}
    </li>
  );
}
