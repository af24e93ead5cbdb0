import { CalendarDays, CalendarPlus, LogIn } from "lucide-react";
import { getTranslations } from "next-intl/server";
import type { ReactNode } from "react";
import { readTheme } from "@/app/theme";
import { PatientShell } from "@/components/shell/patient-shell";
import { clinicSettings } from "@/lib/clinic/settings";
import { pageContext } from "@/lib/platform/request";

export default async function PublicLayout({ children }: { children: ReactNode }) {
  const ctx = await pageContext();
  const [clinic, theme, t] = await Promise.all([clinicSettings(ctx.db), readTheme(), getTranslations("landing.nav")]);
  const find = { href: "/find", label: t("find"), icon: <CalendarPlus aria-hidden /> };
  const visits = { href: "/visits", label: t("visits"), icon: <CalendarDays aria-hidden /> };
  const signIn = { href: "/sign-in", label: t("signIn"), icon: <LogIn aria-hidden /> };
  return (
    <PatientShell
      clinic={{ name: clinic.name, phone: clinic.phone, helpHref: "/help" }}
      theme={theme}
      nav={[find, ctx.actor.kind === "user" ? visits : signIn]}
    >
      {children}
    </PatientShell>
  );
}
