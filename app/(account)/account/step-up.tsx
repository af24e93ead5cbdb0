"use client";

import { usePathname } from "next/navigation";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Dialog, DialogContent } from "@/components/ui/dialog";
import { ConfirmForm } from "./confirm-form";

/**
 * To be put into a form whose action asks for a sign-in of the last minutes: asks over the page who it is, and then sends the form as it
 * stands once more. Before JavaScript has loaded, a link leads to the page that asks.
 */
export function StepUp({ state }: { state: { code: string | null } }) {
  const t = useTranslations("account.confirm");
  const path = usePathname();
  const mark = useRef<HTMLSpanElement>(null);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => setOpen(state.code === "step_up_required"), [state]);
  const onDone = () => {
    setOpen(false);
    mark.current?.closest("form")?.requestSubmit();
  };
  return (
    <>
      <span ref={mark} hidden />
      {state.code === "step_up_required" ? (
        <noscript>
          <a href={`/account/confirm?next=${encodeURIComponent(path)}`} className="link">
            {t("title")}
          </a>
        </noscript>
      ) : null}
      <Dialog open={isOpen} onOpenChange={setOpen}>
        <DialogContent title={t("title")} description={t("body")}>
          <ConfirmForm onDone={onDone} />
        </DialogContent>
      </Dialog>
    </>
  );
}
