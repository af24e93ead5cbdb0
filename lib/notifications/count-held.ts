import { withActor } from "@/db/client";
import type { Context } from "@/lib/platform/context";
import { heldMessages } from "./ledger";

/** How many messages wait for their provider, by channel and by what it answered last (`pace`: it takes no more just now). */
export const countHeld = (ctx: Context) => withActor(ctx, heldMessages);
