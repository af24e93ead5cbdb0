"use client";

import { Eye, EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, type FieldProps } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** A password that can be shown, pasted, and filled by a password manager. */
export function PasswordField({
  autoComplete,
  ...field
}: FieldProps & { autoComplete: "current-password" | "new-password" }) {
  const t = useTranslations("auth.password");
  const [isShown, setShown] = useState(false);
  const Icon = isShown ? EyeOff : Eye;
  return (
    <Field {...field}>
      {(control) => (
        <div className="flex gap-2">
          <Input
            {...control}
            type={isShown ? "text" : "password"}
            autoComplete={autoComplete}
            autoCapitalize="none"
            spellCheck={false}
            className="min-w-0 flex-1"
          />
          <Button variant="secondary" aria-pressed={isShown} onClick={() => setShown(!isShown)}>
            <Icon aria-hidden />
            {isShown ? t("hide") : t("show")}
            <span className="sr-only"> {t("it")}</span>
          </Button>
        </div>
      )}
    </Field>
  );
}
