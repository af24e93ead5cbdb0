import { getTranslations } from "next-intl/server";
import { displayPhone, telHref } from "@/components/shell/phone";
import { clinicSettings } from "@/lib/clinic/settings";
import type { Context } from "@/lib/platform/context";

/** Whom to call instead; `phone` where a place has its own number. */
export async function CallUs({ ctx, phone }: { ctx: Context; phone?: string | null }) {
  const [clinic, t] = await Promise.all([clinicSettings(ctx.db), getTranslations("find")]);
  const number = phone ?? clinic.phone;
  if (!number) return <p>{t("callNoNumber")}</p>;
  return (
    <p>
      {t.rich("call", {
        phone: () => (
          <a href={telHref(number)} className="link figures inline-flex min-h-11 items-center font-semibold">
            {displayPhone(number)}
          </a>
        ),
      })}
    </p>
  );
}
