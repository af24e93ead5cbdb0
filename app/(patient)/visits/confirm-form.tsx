import { getTranslations } from "next-intl/server";
import { SubmitButton } from "@/components/ui/submit-button";
import type { VisitView } from "@/lib/appointments/views";
import { confirmVisitAction } from "./actions";

/** "I am coming", where the visit still waits for that word. */
export async function ConfirmForm({ visit }: { visit: VisitView }) {
  const t = await getTranslations("visits");
  if (!visit.allowed.confirm) return null;
  return (
    <form action={confirmVisitAction} className="grid">
      <input type="hidden" name="id" value={visit.id} />
      <SubmitButton pendingLabel={t("confirming")}>{t("confirm")}</SubmitButton>
    </form>
  );
}
