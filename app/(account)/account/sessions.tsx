import { Laptop, TerminalSquare } from "lucide-react";
import { getLocale, getTranslations } from "next-intl/server";
import { Badge } from "@/components/ui/badge";
import { deviceOf } from "@/lib/accounts/device";
import type { SessionView } from "@/lib/accounts/views";
import { formatDay, formatTime } from "@/lib/format/dates";
import { EndOthers, SessionForms } from "./session-forms";

/** Every device that is signed in to the account, and the way to name and to end each. */
export async function Sessions({ sessions }: { sessions: SessionView[] }) {
  const t = await getTranslations("account.sessions");
  return (
    <section aria-labelledby="sessions" className="mt-12 border-t pt-8">
      <h2 id="sessions" className="text-xl">
        {t("title")}
      </h2>
      <p className="mt-1 mb-4 text-muted-foreground">{t("body")}</p>
      <ul className="divide-y border-y">
        {sessions.map((session) => (
          <SessionRow key={session.id} session={session} />
        ))}
      </ul>
      {sessions.length > 1 ? <EndOthers /> : null}
    </section>
  );
}

async function SessionRow({ session }: { session: SessionView }) {
  const [t, locale] = await Promise.all([getTranslations("account.sessions"), getLocale()]);
  const device = deviceOf(session.userAgent);
  const kind = session.kind === "api" ? t("program") : device ? t("device", device) : t("unknownDevice");
  const name = session.name ?? kind;
  const at = (instant: string) => `${formatDay(instant, "UTC", locale)}, ${formatTime(instant, "UTC", locale)} UTC`;
  const Icon = session.kind === "api" ? TerminalSquare : Laptop;
  return (
    <li className="flex flex-wrap items-start gap-x-4 gap-y-2 py-4">
      <Icon aria-hidden className="mt-0.5 size-6 shrink-0 text-primary" />
      <div className="min-w-0 flex-1 basis-56">
        <p className="flex flex-wrap items-center gap-2 font-semibold [overflow-wrap:anywhere]">
          {name}
          {session.current ? <Badge variant="accent">{t("current")}</Badge> : null}
        </p>
        <p className="text-base text-muted-foreground">
          {session.name ? <span className="block">{kind}</span> : null}
          {t("seen", { when: at(session.lastSeenAt) })}
          {session.ipAddress ? <span className="figures block">{t("ip", { ip: session.ipAddress })}</span> : null}
        </p>
      </div>
      <SessionForms id={session.id} name={name} isCurrent={session.current} />
    </li>
  );
}
