import { MapPin, Phone, Video } from "lucide-react";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { ChoiceLinks } from "@/components/find/choice-links";
import { type FindQuery, findHref } from "@/components/find/query";
import { PatientPage } from "@/components/shell/page";
import { EmptyState } from "@/components/ui/empty-state";
import type { ServiceView } from "@/lib/clinic/views";
import type { Context } from "@/lib/platform/context";
import { CallUs } from "./call-us";
import { hasBeenHere } from "./people";

const MODALITIES = ["in_person", "video", "phone"] as const;
const ICONS = { in_person: <MapPin aria-hidden />, video: <Video aria-hidden />, phone: <Phone aria-hidden /> };
const KINDS = ["returning", "new"] as const;

type Props = { ctx: Context; query: FindQuery; services: ServiceView[] };

/** What the visit is for. Where some are only for new or for known patients, that is asked first, as it sets the length. */
export async function ReasonStep({ ctx, query, services }: Props) {
  const t = await getTranslations("find");
  const depends = services.some(({ audience }) => audience !== "any");
  const kind = query.kind ?? (depends && (await hasBeenHere(ctx)) ? "returning" : undefined);
  if (services.length === 0)
    return (
      <PatientPage title={t("reason.title")}>
        <EmptyState title={t("reason.empty")}>
          <CallUs ctx={ctx} />
        </EmptyState>
      </PatientPage>
    );
  if (depends && !kind) return <KindStep query={query} />;

  const fitting = services.filter(({ audience }) => !kind || audience === "any" || audience === kind);
  // What is meant for just this kind of patient comes first.
  const ordered = [...fitting].sort((a, b) => Number(b.audience !== "any") - Number(a.audience !== "any"));
  return (
    <PatientPage title={t("reason.title")} lead={t("reason.lead")}>
      {kind ? (
        <p className="mb-8 flex flex-wrap items-center gap-x-4 text-base">
          <span>{t(`kind.known.${kind}`)}</span>
          <Link
            href={findHref("/find", query, { kind: kind === "new" ? "returning" : "new" })}
            className="link inline-flex min-h-11 items-center"
          >
            {t(`kind.switch.${kind}`)}
          </Link>
        </p>
      ) : null}
      <div className="grid gap-8">
        {MODALITIES.map((modality) => {
          const here = ordered.filter((service) => service.modality === modality);
          return here.length === 0 ? null : (
            <section key={modality} aria-labelledby={modality}>
              <h2 id={modality} className="mb-3 flex items-center gap-2 text-lg [&_svg]:size-5 [&_svg]:text-primary">
                {ICONS[modality]}
                {t(`modality.${modality}`)}
              </h2>
              <ChoiceLinks
                items={here.map((service) => ({
                  href: findHref("/find", query, { kind, service: service.id }),
                  title: service.name,
                  aside: t("minutes", { minutes: service.durationMinutes }),
                  detail: service.description,
                }))}
              />
            </section>
          );
        })}
      </div>
      <div className="mt-10 border-t pt-6">
        <h2 className="mb-1 text-lg">{t("reason.other")}</h2>
        <CallUs ctx={ctx} />
      </div>
    </PatientPage>
  );
}

async function KindStep({ query }: { query: FindQuery }) {
  const t = await getTranslations("find.kind");
  return (
    <PatientPage title={t("title")} lead={t("lead")}>
      <ChoiceLinks
        items={KINDS.map((kind) => ({
          href: findHref("/find", query, { kind }),
          title: t(`choice.${kind}`),
          detail: t(`hint.${kind}`),
        }))}
      />
    </PatientPage>
  );
}
