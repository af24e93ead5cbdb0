import { getTranslations } from "next-intl/server";
import { KeptInputs } from "@/components/find/kept-inputs";
import { SubmitButton } from "@/components/ui/submit-button";
import { joinWaitlistAction } from "./actions";

/** Waits for a time as it is asked for here, with the doctor and place that are chosen. A form, so that it works before JavaScript. */
export async function JoinWaitlist() {
  const t = await getTranslations("find.waitlist");
  return (
    <form action={joinWaitlistAction} className="mb-4 grid justify-items-start gap-3">
      <KeptInputs except={["from", "day", "slot"]} />
      <p>{t("lead")}</p>
      <SubmitButton variant="secondary" pendingLabel={t("joining")}>
        {t("join")}
      </SubmitButton>
    </form>
  );
}
