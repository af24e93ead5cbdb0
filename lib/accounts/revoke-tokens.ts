import { withActor } from "@/db/client";
import { ok, type Result } from "@/lib/domain/result";
import { asSystem, type Context } from "@/lib/platform/context";
import { tokenHash } from "@/lib/platform/crypto";
import { forgetSessions } from "@/lib/platform/session";
import type { RefreshTokenInput } from "./schemas";

/** Ends the session of a refresh token, its access tokens too. An unknown token is as good as ended (RFC 7009, 2.2). */
export async function revokeTokens(
  ctx: Context,
  { refreshToken }: RefreshTokenInput,
): Promise<Result<undefined, never>> {
  const ended = await withActor(
    asSystem(ctx, "accounts"),
    ({ pg }) => pg<{ id: string }[]>`
      update sessions set revoked_at = ${ctx.now}, revoked_reason = 'signed_out'
      where id = (select session_id from refresh_tokens where token_hash = ${tokenHash(refreshToken)}) and revoked_at is null
      returning id`,
  );
  forgetSessions(ended.map(({ id }) => id));
  return ok();
}
