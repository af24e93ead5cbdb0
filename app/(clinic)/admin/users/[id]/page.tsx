import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ClientMessages } from "@/components/shell/client-messages";
import { StaffPage } from "@/components/shell/page";
import { getUser } from "@/lib/accounts/get-user";
import { isUuid } from "@/lib/clinic/queries";
import { requireActor } from "@/lib/platform/request";
import { ResetFactors, UserForm } from "../user-forms";

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.users"))("editTitle") };
}

export default async function EditUserPage({ params }: { params: Promise<{ id: string }> }) {
  const ctx = await requireActor("admin");
  const [{ id }, t] = await Promise.all([params, getTranslations("admin.users")]);
  const found = isUuid(id) ? await getUser(ctx, { id }) : null;
  if (!found?.ok) notFound();
  return (
    <StaffPage
      title={found.value.name}
      lead={found.value.email}
      crumbs={[{ label: t("title"), href: "/admin/users" }, { label: found.value.name }]}
    >
      <ClientMessages namespaces={["admin", "account", "auth"]}>
        <UserForm user={found.value} />
        <ResetFactors id={found.value.id} />
      </ClientMessages>
    </StaffPage>
  );
}
