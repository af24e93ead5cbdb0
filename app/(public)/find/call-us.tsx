import { getTranslations } from "next-intl/server";
import { PhoneLink } from "@/components/shell/phone-link";
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
        phone: () => <PhoneLink phone={number} />,
      })}
    </p>
  );
}
