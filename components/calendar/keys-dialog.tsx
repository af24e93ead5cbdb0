"use client";

import { useTranslations } from "next-intl";
import { CheckboxField } from "../ui/checkbox";
import { Dialog, DialogContent } from "../ui/dialog";

const KEYS = [
  ["t", "today"],
  ["d", "day"],
  ["w", "week"],
  ["a", "agenda"],
  ["j", "next"],
  ["k", "previous"],
  ["c", "create"],
  ["/", "search"],
  ["?", "help"],
] as const;

type Props = { open: boolean; onClose: () => void; isOn: boolean; onSwitch: (on: boolean) => void };

export function KeysDialog({ open, onClose, isOn, onSwitch }: Props) {
  const t = useTranslations("calendar.keys");
  return (
    <Dialog open={open} onOpenChange={(next) => !next && onClose()}>
      <DialogContent title={t("title")} description={t("lead")} data-density="dense">
        <table className="w-full text-start">
          <thead className="sr-only">
            <tr>
              <th scope="col">{t("key")}</th>
              <th scope="col">{t("does")}</th>
            </tr>
          </thead>
          <tbody>
            {KEYS.map(([key, does]) => (
              <tr key={key} className="border-t">
                <td className="w-16 py-1.5">
                  <kbd className="inline-block min-w-7 rounded-sm border border-input bg-sunken px-1.5 text-center font-sans text-sm font-semibold">
                    {key}
                  </kbd>
                </td>
                <td>{t(does)}</td>
              </tr>
            ))}
          </tbody>
        </table>
        <CheckboxField
          name="keys"
          label={t("enable")}
          checked={isOn}
          onChange={(event) => onSwitch(event.currentTarget.checked)}
          className="mt-4"
        />
      </DialogContent>
    </Dialog>
  );
}
