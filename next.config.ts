import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin("./lib/platform/i18n.ts");

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  // The type check is a step of `npm run check`; a second one in the build would only cost time.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["@node-rs/argon2", "postgres", "amqplib", "ioredis", "pino", "prom-client", "nodemailer"],
  experimental: { authInterrupts: true, serverActions: { bodySizeLimit: "256kb" } },
};

export default withNextIntl(config);
