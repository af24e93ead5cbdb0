import { Inbox } from "lucide-react";
import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getFormatter, getTranslations } from "next-intl/server";
import { Badge } from "@/components/ui/badge";
import { Card } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { listMessageFiles, type MessageFile } from "@/lib/notifications/message-files";
import { env } from "@/lib/platform/env";
import { MessageText } from "./message-text";

export const dynamic = "force-dynamic";

export async function generateMetadata(): Promise<Metadata> {
  const t = await getTranslations("dev-messages");
  return { title: t("meta") };
}

/** Anybody who reaches it reads everybody's mail: it is not there unless the mode says demo or development. */
export default async function DevMessagesPage() {
  const { SLOTWELL_MODE, DATA_DIR } = env();
  if (SLOTWELL_MODE === "production") notFound();
  const [messages, t] = await Promise.all([listMessageFiles(DATA_DIR), getTranslations("dev-messages")]);
  return (
    <main id="main" className="mx-auto grid max-w-column gap-6 px-4 py-8">
      <header className="grid gap-2">
        <h1 className="text-2xl">{t("title")}</h1>
        <p className="text-muted-foreground">{t("lead")}</p>
        <p>
          {/* A plain link, as the router's would show the list it has. */}
          <a href="/dev/messages" className="underline">
            {t("refresh")}
          </a>
        </p>
      </header>
      {messages.length === 0 ? (
        <EmptyState icon={Inbox} title={t("empty")}>
          {t("emptyHint")}
        </EmptyState>
      ) : (
        <ol className="grid gap-4">
          {messages.map((message) => (
            <li key={`${message.channel}-${message.id}`}>
              <MessageCard message={message} />
            </li>
          ))}
        </ol>
      )}
    </main>
  );
}

async function MessageCard({ message }: { message: MessageFile }) {
  const [t, format] = await Promise.all([getTranslations("dev-messages"), getFormatter()]);
  return (
    <Card className="grid gap-3">
      <div className="flex flex-wrap items-center gap-2">
        <Badge variant={message.channel === "email" ? "accent" : "neutral"}>{t(message.channel)}</Badge>
        <time dateTime={message.at.toISOString()} className="text-sm text-muted-foreground">
          {format.dateTime(message.at, { dateStyle: "medium", timeStyle: "long" })}
        </time>
      </div>
      {message.subject ? <h2 className="text-lg">{message.subject}</h2> : null}
      <p className="text-sm text-muted-foreground">{t("to", { to: message.to })}</p>
      <MessageText text={message.text} />
      {message.calendar ? (
        <details>
          <summary className="min-h-11 content-center font-semibold text-primary">{t("calendar")}</summary>
          <pre className="overflow-x-auto rounded-md bg-sunken p-3 text-sm">{message.calendar}</pre>
        </details>
      ) : null}
    </Card>
  );
}
