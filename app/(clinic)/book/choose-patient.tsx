import { Search, UserPlus, UserSearch } from "lucide-react";
import Link from "next/link";
import { getLocale, getTranslations } from "next-intl/server";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { TextField } from "@/components/ui/field";
import { formatLocalDate } from "@/lib/format/dates";
import { listPatients } from "@/lib/patients/queries";
import type { Context } from "@/lib/platform/context";

const SHOWN = 20;

type Props = {
  ctx: Context;
  query: string | undefined;
  /** Where it goes on, with the patient in the address. */
  path?: string;
};

/** The first step of booking and of the waiting list: whom for. */
export async function ChoosePatient({ ctx, query, path = "/book" }: Props) {
  const [t, locale] = await Promise.all([getTranslations("clinic.book"), getLocale()]);
  const found = query ? await listPatients(ctx, { query, limit: SHOWN }) : null;
  const patients = found?.ok ? found.value.items : [];
  const register = (
    <Button variant="secondary" size="sm" asChild>
      <Link href={query ? `/patients/new?name=${encodeURIComponent(query)}` : "/patients/new"}>
        <UserPlus aria-hidden />
        {t("register")}
      </Link>
    </Button>
  );
  return (
    <section aria-labelledby="who" className="grid max-w-3xl gap-5">
      <div>
        <h2 id="who" className="text-lg">
          {t("who")}
        </h2>
        <p className="text-sm text-muted-foreground">{t("whoBody")}</p>
      </div>
      <search>
        <form method="get" className="flex flex-wrap items-end gap-3">
          <TextField
            name="q"
            type="search"
            label={t("search")}
            defaultValue={query}
            autoComplete="off"
            className="min-w-0 flex-1 basis-full sm:basis-80"
          />
          <Button type="submit" size="sm">
            <Search aria-hidden />
            {t("find")}
          </Button>
          {register}
        </form>
      </search>
      {query && patients.length === 0 ? (
        <EmptyState icon={UserSearch} title={t("noMatch", { query })} action={register}>
          <p>{t("noMatchBody")}</p>
        </EmptyState>
      ) : null}
      <ul className="divide-y border-y empty:hidden">
        {patients.map((patient) => (
          <li key={patient.id} className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2">
            <div className="text-sm">
              <Link href={`/patients/${patient.id}`} className="link inline-flex min-h-6 items-center font-semibold">
                {patient.name}
              </Link>
              <p className="figures text-muted-foreground">
                {[patient.dateOfBirth && formatLocalDate(patient.dateOfBirth, locale, "date"), patient.recordNumber]
                  .filter(Boolean)
                  .join(" · ")}
              </p>
            </div>
            <Button variant="soft" size="sm" asChild>
              <Link href={`${path}?patientId=${patient.id}`}>
                {t(path === "/book" ? "select" : "choose", { name: patient.name })}
              </Link>
            </Button>
          </li>
        ))}
      </ul>
    </section>
  );
}
