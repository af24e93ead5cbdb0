import { CalendarDays, CalendarPlus, ClipboardList, FolderHeart, LogIn, UserRound, UsersRound } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { cache, type ReactNode } from "react";
import { SessionKeeper } from "@/app/(account)/_session/session-keeper";
import { signOutAction } from "@/app/(public)/sign-in/actions";
import { readTheme } from "@/app/theme";
import { WhoseBar } from "@/components/family/whose-bar";
import { PatientShell } from "@/components/shell/patient-shell";
import { HOME_PATH } from "@/lib/accounts/home-path";
import { clinicSettings } from "@/lib/clinic/settings";
import type { Actor } from "@/lib/domain/actor";
import { representedPatients } from "@/lib/patients/queries";
import type { Context } from "@/lib/platform/context";
import { pageContext } from "@/lib/platform/request";

/** The house of public and patient pages: links by who is signed in, whose page it is, and the word before a session ends. */
export async function PortalShell({ ctx, children }: { ctx: Context; children: ReactNode }) {
  const isPatient = ctx.actor.kind === "user" && ctx.actor.role === "patient";
  const [clinic, theme, nav, personBar] = await Promise.all([
    clinicSettings(ctx.db),
    readTheme(),
    navigation(ctx.actor),
    isPatient ? whose(ctx) : null,
  ]);
  return (
    <PatientShell
      clinic={{ name: clinic.name, phone: clinic.phone, email: clinic.email, helpHref: "/help" }}
      theme={theme}
      nav={nav}
      personBar={personBar}
    >
      {children}
    </PatientShell>
  );
}

async function navigation(actor: Actor) {
  const t = await getTranslations("visits.nav");
  const find = { href: "/find", label: t("find"), icon: <CalendarPlus aria-hidden /> };
  if (actor.kind !== "user") return [find, { href: "/sign-in", label: t("signIn"), icon: <LogIn aria-hidden /> }];
  if (actor.role !== "patient")
    return [find, { href: HOME_PATH[actor.role], label: t("work"), icon: <ClipboardList aria-hidden /> }];
  return [
    find,
    { href: "/visits", label: t("visits"), icon: <CalendarDays aria-hidden /> },
    { href: "/records", label: t("records"), icon: <FolderHeart aria-hidden /> },
    { href: "/family", label: t("family"), icon: <UsersRound aria-hidden /> },
    { href: "/profile", label: t("profile"), icon: <UserRound aria-hidden /> },
  ];
}

/** Asked once for a page: Next makes what says that it is forbidden beside it, in case, and that has this house as well. */
const represented = cache(async () => representedPatients(await pageContext()));

async function whose(ctx: Context) {
  const [people, t] = await Promise.all([represented(), getTranslations("family")]);
  const named = people.map(({ id, name, relationship }) => ({
    id,
    name,
    relationship: t.has(`relationship.${relationship}`) ? t(`relationship.${relationship}`) : t("relationship.other"),
  }));
  return (
    <>
      <WhoseBar people={named} everyone={t("everyone")} label={t("whose")} signOut={signOutAction} />
      <SessionKeeper ctx={ctx} />
    </>
  );
}
