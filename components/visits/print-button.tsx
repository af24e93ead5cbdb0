"use client";

import { Printer } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "../ui/button";

export function PrintButton() {
  const t = useTranslations("visits");
  return (
    <Button variant="secondary" className="noscript:hidden" onClick={() => window.print()}>
      <Printer aria-hidden />
      {t("print")}
    </Button>
  );
}
