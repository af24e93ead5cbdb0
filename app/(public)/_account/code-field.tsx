"use client";

import { TextField } from "@/components/ui/field";

type Props = { label: string; hint: string; error?: string | undefined };

/** A code of an authenticator app, or a recovery code: phones fill it in by themselves, and it may be pasted. */
export const CodeField = (props: Props) => (
  <TextField
    name="otp"
    {...props}
    autoComplete="one-time-code"
    autoCapitalize="none"
    spellCheck={false}
    controlClassName="figures max-w-72"
  />
);
