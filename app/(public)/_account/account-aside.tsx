import { CalendarCheck, Lock, UsersRound } from "lucide-react";
import { getTranslations } from "next-intl/server";
import { SlotStrip } from "@/components/landing/slot-strip";

const POINTS = [
  { key: "visits", icon: CalendarCheck },
  { key: "family", icon: UsersRound },
  { key: "private", icon: Lock },
] as const;

/** What an account is good for, beside the forms that make one or let one in, where there is room. */
export async function AccountAside() {
  const t = await getTranslations("auth.aside");
  return (
    <section aria-labelledby="account-aside" className="grid gap-5 rounded-xl bg-accent pb-6 max-lg:hidden">
      <SlotStrip className="h-60 rounded-xl pb-0 sm:p-6 sm:pb-0" />
      <div className="grid gap-3 px-6 text-base text-accent-foreground">
        <h2 id="account-aside" className="text-lg">
          {t("title")}
        </h2>
        <ul className="grid gap-3">
          {POINTS.map(({ key, icon: Icon }) => (
            <li key={key} className="flex gap-3">
              <Icon aria-hidden className="mt-0.5 size-5 shrink-0" />
              {t(key)}
            </li>
          ))}
        </ul>
      </div>
    </section>
  );
}
