import { refuse } from "@/lib/domain/result";
import {
  judgePassword,
  MAX_PASSWORD,
  MIN_PASSWORD,
  MIN_PASSWORD_WITH_SECOND_FACTOR,
  type PasswordReason,
} from "./password-policy";

const WORDS: Record<PasswordReason, string> = {
  password_too_short: "is too short: it must have at least",
  password_too_long: `is too long: it may have at most ${MAX_PASSWORD} characters`,
  password_too_common: "is too easy to guess: it is made of words or patterns that are tried first",
  password_about_you: "is too easy to guess: it is made of your name, your address or ours",
};

/** What is wrong with a new password; null where it may be used. `about`: the e-mail address, names, the clinic. */
export function passwordRefusal(
  password: string,
  about: readonly (string | null | undefined)[],
  hasSecondFactor = false,
) {
  const reason = judgePassword({ password, about, hasSecondFactor });
  if (!reason) return null;
  const atLeast = hasSecondFactor ? MIN_PASSWORD_WITH_SECOND_FACTOR : MIN_PASSWORD;
  const message = reason === "password_too_short" ? `${WORDS[reason]} ${atLeast} characters` : WORDS[reason];
  return refuse("validation_failed", { errors: [{ path: "password", message }], data: { reason, atLeast } });
}
