/** Our own programs as the logs know them: what `systemContext` and `asSystem` are told. */
export const SYSTEM_JOBS = [
  "accounts",
  "session",
  "create-admin",
  "answers",
  "links",
  "notifications",
  "waitlist",
  "sweep_holds",
  "grant-proxy",
  "list-proxies",
  "access-log",
  "export-patient",
  "erase-patient",
  "list-due-records",
  "remove-erased-files",
  "housekeeping",
  "import",
  "seed",
  "bench",
  "rotate-keys",
  "seal-identifiers",
  "check-keys",
  "seal-audit",
  "verify-audit",
  "anchor-anew",
  "remove-old-audit",
  "doctor",
] as const;

/** The key of a job's words in `admin.audit.jobs`. */
export const jobKey = (job: string) => SYSTEM_JOBS.find((known) => known === job) ?? "other";
