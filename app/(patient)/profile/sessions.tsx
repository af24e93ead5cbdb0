import { Laptop, TerminalSquare } from "lucide-react";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { Badge } from "@/components/ui/badge";
import { SubmitButton } from "@/components/ui/submit-button";
import { deviceOf } from "@/lib/accounts/device";
import type { SessionView } from "@/lib/accounts/views";
import { formatDay, formatTime } from "@/lib/format/dates";
import { endOtherSessionsAction, endSessionAction } from "./actions";

type Props = { sessions: SessionView[]; timeZone: string };

/** Every device that is signed in to the account, and the way to end each. */
export async function Sessions({ sessions, timeZone }: Props) {
  const t = await getTranslations("profile");
  return (
    <section aria-labelledby="sessions" className="mt-12 border-t pt-8">
      <h2 id="sessions" className="text-xl">
        {t("sessions")}
      </h2>
      <p className="mt-1 mb-4 text-muted-foreground">{t("sessionsBody")}</p>
      <ul className="divide-y border-y">
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} timeZone={timeZone} />
        ))}
      </ul>
      <div className="mt-5 flex flex-wrap items-center gap-x-6 gap-y-3">
        {sessions.length > 1 ? (
          <form action={endOtherSessionsAction}>
            <SubmitButton variant="secondary" pendingLabel={t("ending")}>
              {t("endOthers")}
            </SubmitButton>
          </form>
        ) : null}
        <Link href="/reset" className="link inline-flex min-h-11 items-center">
          {t("changePassword")}
        </Link>
      </div>
    </section>
  );
}

async function SessionRow({ session, timeZone }: { session: SessionView; timeZone: string }) {
  const [t, locale] = await Promise.all([getTranslations("profile"), getLocale()]);
  const device = deviceOf(session.userAgent);
  const name = session.kind === "api" ? t("program") : device ? t("device", device) : t("unknownDevice");
  const at = (instant: string) => `${formatDay(instant, timeZone, locale)}, ${formatTime(instant, timeZone, locale)}`;
  const Icon = session.kind === "api" ? TerminalSquare : Laptop;
  return (
    <li className="flex flex-wrap items-center gap-x-4 gap-y-2 py-4">
      <Icon aria-hidden className="size-6 shrink-0 text-primary" />
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex flex-wrap items-center gap-2 font-semibold">
          {name}
          {session.current ? <Badge variant="accent">{t("current")}</Badge> : null}
        </p>
        <p className="text-base text-muted-foreground">
          {t("seen", { when: at(session.lastSeenAt) })}
          {session.ipAddress ? <span className="figures block">{t("ip", { ip: session.ipAddress })}</span> : null}
        </p>
      </div>
      {session.current ? null : (
        <form action={endSessionAction}>
          <input type="hidden" name="id" value={session.id} />
          <SubmitButton variant="secondary" pendingLabel={t("ending")}>
            {t("end")}
            <span className="sr-only"> {t("endOf", { device: name })}</span>
          </SubmitButton>
        </form>
      )}
    </li>
  );
}
