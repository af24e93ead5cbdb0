/** What of a record is read, as the access log says. */
export const ACCESS_TARGETS = [
  "list",
  "record",
  "versions",
  "attachment",
  "summary",
  "break_glass_opened",
  "access_log",
  "export",
] as const;
/** Why the reader may. */
export const ACCESS_KINDS = ["treating", "grant", "break_glass", "self", "proxy", "system"] as const;
