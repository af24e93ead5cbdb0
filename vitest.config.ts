import path from "node:path";
import { defineConfig } from "vitest/config";

const NEVER = ["**/node_modules/**", "**/.next/**", "**/.data/**"];

export default defineConfig({
  resolve: {
    alias: {
      "@": import.meta.dirname,
      // Outside Next it only throws; the linter and the build keep watch over its use.
      "server-only": path.join(import.meta.dirname, "tests/support/server-only.ts"),
    },
  },
  test: {
    // How long to wait for what comes by itself: it costs nothing where it comes, and machines are shared.
    expect: { poll: { timeout: 20_000 } },
    // A key for tests; it guards nothing.
    env: { ENCRYPTION_KEYS: Buffer.alloc(32, "test").toString("base64") },
    projects: [
      {
        extends: true,
        test: {
          name: "unit",
          include: ["**/*.test.{ts,tsx}"],
          exclude: [...NEVER, "**/*.{db,svc}.test.ts"],
        },
      },
      {
        extends: true,
        test: {
          name: "db",
          include: ["**/*.db.test.ts"],
          exclude: NEVER,
          globalSetup: ["tests/support/postgres.setup.ts"],
          testTimeout: 30_000,
          hookTimeout: 60_000,
        },
      },
      {
        extends: true,
        test: {
          name: "svc",
          include: ["**/*.svc.test.ts"],
          exclude: NEVER,
          globalSetup: ["tests/support/postgres.setup.ts", "tests/support/services.setup.ts"],
          testTimeout: 60_000,
          hookTimeout: 120_000,
          // Faults and clocks: two files at once on a small machine would disturb each other.
          fileParallelism: false,
        },
      },
    ],
  },
});
