import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PortalShell } from "@/app/(patient)/_portal/portal-shell";
import { ForbiddenMessage } from "@/components/shell/message-pages";
import { pageContext } from "@/lib/platform/request";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("shell.forbidden"))("title") };
}

/** A whole part of the product that is closed to this role: its own house would show what is behind the door. */
export default async function Forbidden() {
  return (
    <PortalShell ctx={await pageContext()}>
      <ForbiddenMessage />
    </PortalShell>
  );
}
