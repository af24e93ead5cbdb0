import { refuse } from "@/lib/domain/result";
import { judgePassword, MIN_PASSWORD, type PasswordReason } from "./password-policy";

const WORDS: Record<PasswordReason, string> = {
  password_too_short: `must have at least ${MIN_PASSWORD} characters`,
  password_too_long: "is too long",
  password_too_common: "is too easy to guess: it is made of words or patterns that are tried first",
  password_about_you: "is too easy to guess: it is made of your name, your address or ours",
};

/** What is wrong with a new password; null where it may be used. `about`: the e-mail address, names. */
export function passwordRefusal(password: string, about: readonly (string | null | undefined)[]) {
  const reason = judgePassword({ password, about });
  if (!reason) return null;
  return refuse("validation_failed", { errors: [{ path: "password", message: WORDS[reason] }], data: { reason } });
}
