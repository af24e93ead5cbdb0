import { type AbstractIntlMessages, NextIntlClientProvider } from "next-intl";
import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";

const everywhere = ["ui", "shell"];

/**
 * Hands messages to the client components below, by namespace or by a part of one: `<ClientMessages namespaces={["booking", "clinic.appointments"]}>`.
 * Only what is named is sent to the browser; `ui` and `shell` always are. Server components need nothing of this.
 */
export async function ClientMessages({ namespaces = [], children }: { namespaces?: string[]; children: ReactNode }) {
  const messages = await getMessages();
  const picked: AbstractIntlMessages = {};
  for (const name of [...everywhere, ...namespaces]) pick(picked, messages, name.split("."));
  return <NextIntlClientProvider messages={picked}>{children}</NextIntlClientProvider>;
}

function pick(into: AbstractIntlMessages, from: AbstractIntlMessages, [key = "", ...rest]: string[]): void {
  const found = from[key];
  if (found === undefined) return;
  if (rest.length === 0 || typeof found === "string") {
    into[key] = found;
    return;
  }
  const part = into[key];
  // A copy: what is in `into` may be the whole clinic's words, which are everybody's.
  const copy = typeof part === "object" ? { ...part } : {};
  pick(copy, found, rest);
  into[key] = copy;
}
