import type { Metadata } from "next";
import { redirect } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { Landing } from "@/components/landing/landing";
import { HOME_PATH } from "@/lib/accounts/home-path";
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
  const { actor } = ctx;
  if (actor.kind === "user" && actor.role !== "patient") redirect(HOME_PATH[actor.role]);
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
      second={
        actor.kind === "user" ? { href: "/visits", label: t("myVisits") } : { href: "/sign-in", label: t("signIn") }
      }
    />
  );
}
