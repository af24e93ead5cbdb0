import path from "node:path";
import type { NextConfig } from "next";

// The yardstick of `npm run bench`: Next with nothing of ours in it.
const config: NextConfig = {
  poweredByHeader: false,
  distDir: process.env.BENCH_DIST ?? ".next",
  turbopack: { root: path.resolve(import.meta.dirname, "../../..") },
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["postgres"],
};

export default config;
