import { NextIntlClientProvider } from "next-intl";
import { getMessages } from "next-intl/server";
import type { ReactNode } from "react";

const everywhere = ["ui", "shell"];

/**
 * Hands message namespaces to the client components below: `<ClientMessages namespaces={["booking"]}>`. Only what is named is sent to the browser;
 * `ui` and `shell` always are. Server components need nothing of this.
 */
export async function ClientMessages({ namespaces = [], children }: { namespaces?: string[]; children: ReactNode }) {
  const messages = await getMessages();
  const wanted = [...everywhere, ...namespaces];
  const picked = Object.fromEntries(Object.entries(messages).filter(([namespace]) => wanted.includes(namespace)));
  return <NextIntlClientProvider messages={picked}>{children}</NextIntlClientProvider>;
}
