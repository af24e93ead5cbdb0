import type { Result } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { choosePassword } from "./choose-password";
import type { ConfirmPasswordResetInput } from "./schemas";

/** Sets a new password by the link of a reset mail; all sessions of the account end. */
export const confirmPasswordReset = (
  ctx: Context,
  input: ConfirmPasswordResetInput,
): Promise<Result<undefined, "validation_failed">> => choosePassword(ctx, { purpose: "password_reset", ...input });
