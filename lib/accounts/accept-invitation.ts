import type { Result } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { choosePassword } from "./choose-password";
import type { AcceptInvitationInput } from "./schemas";

/** Sets the first password of an account that somebody else made. */
export const acceptInvitation = (
  ctx: Context,
  input: AcceptInvitationInput,
): Promise<Result<undefined, "validation_failed">> => choosePassword(ctx, { purpose: "invitation", ...input });
