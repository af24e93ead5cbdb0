import { and, eq } from "drizzle-orm";
import { messageTemplates } from "@/db/schema";
import type { TextNameInput } from "./schemas";

/** The clinic's own words for one message, where there are any. */
export const isText = ({ kind, channel, locale }: TextNameInput) =>
  and(eq(messageTemplates.kind, kind), eq(messageTemplates.channel, channel), eq(messageTemplates.locale, locale));
