import { UserPlus } from "lucide-react";
import type { Metadata } from "next";
import Link from "next/link";
import { getTranslations } from "next-intl/server";
import { readTableQuery } from "@/components/data-table/table-query";
import { StaffPage } from "@/components/shell/page";
import { Button } from "@/components/ui/button";
import { userTable } from "@/lib/accounts/list-users";
import { ROLES } from "@/lib/domain/actor";
import { requireActor } from "@/lib/platform/request";
import type { Search } from "../../../search-params";
import { DoneNote } from "../../done-note";
import { usersSpec } from "../spec";
import { UsersTable } from "./users-table";

const SORTS = ["name", "email", "role", "created"] as const;

export async function generateMetadata(): Promise<Metadata> {
  return { title: (await getTranslations("admin.users"))("title") };
}

export default async function UsersPage({ searchParams }: { searchParams: Search }) {
  const ctx = await requireActor("admin");
  const [query, { done }, t] = await Promise.all([
    readTableQuery(usersSpec, searchParams),
    searchParams,
    getTranslations("admin.users"),
  ]);
  const found = await userTable(ctx, {
    query: query.filters.q?.[0]?.slice(0, 100),
    role: ROLES.find((role) => role === query.filters.role?.[0]),
    sort: SORTS.find((known) => known === query.sort.key) ?? "name",
    descending: query.sort.descending,
    page: query.page,
    size: query.size,
  });
  const { items, total } = found.ok ? found.value : { items: [], total: 0 };
  return (
    <StaffPage
      title={t("title")}
      lead={t("lead")}
      actions={
        <Button size="sm" asChild>
          <Link href="/admin/users/new">
            <UserPlus aria-hidden />
            {t("inviteTitle")}
          </Link>
        </Button>
      }
    >
      <DoneNote done={done} />
      <UsersTable rows={items} total={total} />
    </StaffPage>
  );
}
