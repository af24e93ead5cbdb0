"use client";

import { useTranslations } from "next-intl";
import { PasskeyButton } from "../_account/passkey-button";
import { askPasskeyAction, passkeySignInAction } from "./actions";

export function PasskeySignIn({ next }: { next: string }) {
  const t = useTranslations("auth.passkey");
  return (
    <PasskeyButton
      label={t("signIn")}
      size="lg"
      ask={askPasskeyAction}
      answer={(credential) => passkeySignInAction({ credential, next })}
      onDone={({ path }) => window.location.assign(path)}
    />
  );
}
