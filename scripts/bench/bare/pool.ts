import postgres from "postgres";

const held = globalThis as typeof globalThis & { barePool?: postgres.Sql };

/** One pool for the process, of the size that the web has. */
export function pool(): postgres.Sql {
  held.barePool ??= postgres(process.env.DATABASE_URL ?? "", { max: 16, connection: { role: "slotwell_app" } });
  return held.barePool;
}
