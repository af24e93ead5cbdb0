"use client";

import { Eye, EyeOff } from "lucide-react";
import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Button } from "@/components/ui/button";
import { Field, type FieldProps } from "@/components/ui/field";
import { Input } from "@/components/ui/input";

/** A password that can be shown, pasted, and filled by a password manager; it stays where it is when its form has been answered. */
export function PasswordField({
  autoComplete,
  ...field
}: FieldProps & { autoComplete: "current-password" | "new-password" }) {
  const t = useTranslations("auth.password");
  const [isShown, setShown] = useState(false);
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const form = input.current?.form;
    // React empties a form once its action has answered; an answer shows what was typed again, but never a password.
    const keep = () => {
      const typed = input.current?.value ?? "";
      setTimeout(() => {
        if (input.current) input.current.value = typed;
      });
    };
    form?.addEventListener("reset", keep);
    return () => form?.removeEventListener("reset", keep);
  }, []);
  const Icon = isShown ? EyeOff : Eye;
  return (
    <Field {...field}>
      {(control) => (
        <div className="flex gap-2">
          <Input
            {...control}
            ref={input}
            type={isShown ? "text" : "password"}
            autoComplete={autoComplete}
            autoCapitalize="none"
            spellCheck={false}
            className="min-w-0 flex-1"
          />
          <Button
            variant="secondary"
            className="noscript:hidden"
            aria-pressed={isShown}
            onClick={() => setShown(!isShown)}
          >
            <Icon aria-hidden />
            {isShown ? t("hide") : t("show")}
            <span className="sr-only"> {t("it")}</span>
          </Button>
        </div>
      )}
    </Field>
  );
}
