import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { Landing } from "@/components/landing/landing";
import { listLocations } from "@/lib/clinic/queries";
import { clinicSettings } from "@/lib/clinic/settings";
import { pageContext } from "@/lib/platform/request";

const shownLocations = 8;

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("landing");
  return { title: t("meta") };
}

export default async function LandingPage() {
  const ctx = await pageContext();
  const [clinic, locations, t] = await Promise.all([
    clinicSettings(ctx.db),
    listLocations(ctx, { state: "active", limit: shownLocations }),
    getTranslations("landing"),
  ]);
  return (
    <Landing
      clinic={clinic}
      locations={locations.ok ? locations.value.items : []}
      findHref="/find"
      second={secondFor(ctx.actor, { signIn: t("signIn"), visits: t("myVisits"), work: t("myWork") })}
    />
  );
}

type Words = { signIn: string; visits: string; work: string };

/** Staff who are signed in are led on from the sign-in page to where their role works. */
function secondFor(actor: Awaited<ReturnType<typeof pageContext>>["actor"], words: Words) {
  if (actor.kind !== "user") return { href: "/sign-in", label: words.signIn };
  return actor.role === "patient" ? { href: "/visits", label: words.visits } : { href: "/sign-in", label: words.work };
}
