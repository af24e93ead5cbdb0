import type { Metadata } from "next";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { shortWhen } from "@/components/clinic/when";
import { StaffPage } from "@/components/shell/page";
import { Badge } from "@/components/ui/badge";
import { EmptyState } from "@/components/ui/empty-state";
import { SubmitButton } from "@/components/ui/submit-button";
import { shortZoneName } from "@/lib/format/dates";
import { displayPhone } from "@/lib/format/phone";
import { type InboxView, listInbox } from "@/lib/notifications/inbox";
import { listDeadLetters } from "@/lib/notifications/list-dead-letters";
import type { DeadLetterView } from "@/lib/notifications/views";
import type { Context } from "@/lib/platform/context";
import { requireActor } from "@/lib/platform/request";
import { clinicLocations } from "../clinic-lists";
import { placeOf } from "../place";
import { one, type Search } from "../search-params";
import { replayAction, replayAllAction, settleAction } from "./actions";

const SOURCES = ["message", "event"] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("messages.page"))("title") };
}

/** What patients have answered and what could not be sent: both wait for somebody. Times are by the clock of the place that is looked at. */
export default async function MessagesPage({ searchParams }: { searchParams: Search }) {
  const ctx = await requireActor("receptionist", "admin");
  const [search, t] = await Promise.all([searchParams, getTranslations("messages.page")]);
  const source = SOURCES.find((known) => known === one(search.source));
  const clock = await clockOf(ctx);
  const [inbox, dead] = await Promise.all([
    listInbox(ctx, { cursor: one(search.inbox) }),
    listDeadLetters(ctx, { source, limit: 50, cursor: one(search.dead) }),
  ]);
  return (
    <StaffPage title={t("title")} lead={t("lead")}>
      <div className="grid items-start gap-8 lg:grid-cols-2">
        <section aria-labelledby="inbox" className="grid gap-3">
          <h2 id="inbox" className="text-lg">
            {t("inbox")}
          </h2>
          {inbox.ok && inbox.value.items.length > 0 ? (
            <ul className="divide-y border-y">
              {inbox.value.items.map((item) => (
                <Answer key={item.id} item={item} clock={clock} />
              ))}
            </ul>
          ) : (
            <EmptyState title={t("inboxEmpty")} heading="h3" />
          )}
          <More name="inbox" cursor={inbox.ok ? inbox.value.nextCursor : null} />
        </section>
        <section aria-labelledby="dead" className="grid gap-3">
          <h2 id="dead" className="text-lg">
            {t("dead")}
          </h2>
          <nav aria-label={t("source")} className="flex gap-4 text-sm">
            {[undefined, ...SOURCES].map((known) => (
              <Link
                key={known ?? "all"}
                href={known ? `/messages?source=${known}` : "/messages"}
                aria-current={known === source ? "page" : undefined}
                className={known === source ? "font-semibold" : "link"}
              >
                {t(known ?? "all")}
              </Link>
            ))}
          </nav>
          {dead.ok && dead.value.items.length > 0 ? (
            <>
              <form action={replayAllAction}>
                {source ? <input type="hidden" name="source" value={source} /> : null}
                <SubmitButton variant="secondary" size="sm" pendingLabel={t("againAll")}>
                  {t("againAll")}
                </SubmitButton>
              </form>
              <ul className="divide-y border-y">
                {dead.value.items.map((item) => (
                  <Letter key={item.id} item={item} clock={clock} />
                ))}
              </ul>
            </>
          ) : (
            <EmptyState title={t("deadEmpty")} heading="h3" />
          )}
          <More name="dead" cursor={dead.ok ? dead.value.nextCursor : null} source={source} />
        </section>
      </div>
    </StaffPage>
  );
}

async function More({ name, cursor, source }: { name: string; cursor: string | null; source?: string | undefined }) {
  const t = await getTranslations("messages.page");
  if (!cursor) return null;
  const query = new URLSearchParams({ [name]: cursor, ...(source ? { source } : {}) });
  return (
    <Link href={`/messages?${query}`} className="link text-sm">
      {t("more")}
    </Link>
  );
}

/** `isOneOfSeveral`: not all of the clinic's places have this clock, so its name stands beside each time. */
type Clock = { zone: string; isOneOfSeveral: boolean };

async function clockOf(ctx: Context): Promise<Clock> {
  const locations = await clinicLocations();
  const place = await placeOf(ctx, undefined, locations);
  const zone = place?.timeZone ?? locations[0]?.timeZone ?? "UTC";
  return { zone, isOneOfSeveral: locations.some(({ timeZone }) => timeZone !== zone) };
}

const whenOf = (at: string, { zone, isOneOfSeveral }: Clock, locale: string) =>
  `${shortWhen(at, zone, locale)}${isOneOfSeveral ? ` ${shortZoneName(zone, at, locale)}` : ""}`;

async function Answer({ item, clock }: { item: InboxView; clock: Clock }) {
  const [t, tPage, locale] = await Promise.all([
    getTranslations("messages"),
    getTranslations("messages.page"),
    getLocale(),
  ]);
  const { id, meaning, patient, sender, body, channel, appointmentId, receivedAt } = item;
  return (
    <li className="grid gap-1.5 py-3 text-sm">
      <p className="flex flex-wrap items-baseline gap-x-3">
        {patient ? (
          <Link href={`/patients/${patient.id}`} className="link font-semibold">
            {patient.name}
          </Link>
        ) : (
          <span className="font-semibold">{tPage("stranger", { sender: sender ? displayPhone(sender) : "" })}</span>
        )}
        <Badge>{t(`meaning.${meaning}`)}</Badge>
        <time dateTime={receivedAt} className="figures text-muted-foreground">
          {whenOf(receivedAt, clock, locale)}
        </time>
      </p>
      {channel === "sms" ? <p className="break-words whitespace-pre-wrap">{body ?? tPage("noWords")}</p> : null}
      <Settle {...{ id, appointmentId }} action={settleAction} label={tPage("done")} />
    </li>
  );
}

async function Letter({ item, clock }: { item: DeadLetterView; clock: Clock }) {
  const [t, tPage, locale] = await Promise.all([
    getTranslations("messages"),
    getTranslations("messages.page"),
    getLocale(),
  ]);
  const { id, kind, channel, attempts, errorClass, appointmentId, at } = item;
  return (
    <li className="grid gap-1.5 py-3 text-sm">
      <p className="flex flex-wrap items-baseline gap-x-3">
        <code className="font-semibold">{kind}</code>
        {channel ? <span>{t(`channel.${channel}`)}</span> : null}
        <time dateTime={at} className="figures text-muted-foreground">
          {whenOf(at, clock, locale)}
        </time>
      </p>
      <p className="text-muted-foreground">
        {tPage("attempts", { count: attempts })}
        {errorClass ? `. ${tPage("why", { code: errorClass })}` : ""}
      </p>
      <Settle {...{ id, appointmentId }} action={replayAction} label={tPage("again")} />
    </li>
  );
}

type SettleProps = {
  id: string;
  appointmentId: string | null;
  action: (form: FormData) => Promise<void>;
  label: string;
};

/** The visit that it is about, and the one thing to do. */
async function Settle({ id, appointmentId, action, label }: SettleProps) {
  const t = await getTranslations("messages.page");
  return (
    <div className="flex flex-wrap items-center gap-4">
      {appointmentId ? (
        <Link href={`/appointments/${appointmentId}`} className="link">
          {t("visit")}
        </Link>
      ) : null}
      <form action={action}>
        <input type="hidden" name="id" value={id} />
        <SubmitButton variant="secondary" size="sm" pendingLabel={label}>
          {label}
        </SubmitButton>
      </form>
    </div>
  );
}
