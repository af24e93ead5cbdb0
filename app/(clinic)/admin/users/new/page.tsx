import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/shell/client-messages";
import { StaffPage } from "@/components/shell/page";
import { requireActor } from "@/lib/platform/request";
import { InviteForm } from "../user-forms";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.users"))("inviteTitle") };
}

export default async function InvitePage() {
  await requireActor("admin");
  const t = await getTranslations("admin.users");
  return (
    <StaffPage
      title={t("inviteTitle")}
      lead={t("inviteLead")}
      crumbs={[{ label: t("title"), href: "/admin/users" }, { label: t("inviteTitle") }]}
    >
      <ClientMessages namespaces={["admin", "account", "auth"]}>
        <InviteForm />
      </ClientMessages>
    </StaffPage>
  );
}
