import type { NextConfig } from "next";
import createNextIntlPlugin from "next-intl/plugin";

const withNextIntl = createNextIntlPlugin("./lib/platform/i18n.ts");

/** For every answer, static files too; the policy with its nonce is added by proxy.ts. */
const SECURITY_HEADERS = {
  "X-Content-Type-Options": "nosniff",
  "X-Frame-Options": "DENY",
  "Referrer-Policy": "same-origin",
  "Cross-Origin-Opener-Policy": "same-origin",
  "Cross-Origin-Resource-Policy": "same-origin",
  "Permissions-Policy": "camera=(), geolocation=(), microphone=(), payment=(), usb=()",
};

const config: NextConfig = {
  poweredByHeader: false,
  reactStrictMode: true,
  typedRoutes: false,
  // The type check is a step of `npm run check`; a second one in the build would only cost time.
  typescript: { ignoreBuildErrors: true },
  serverExternalPackages: ["@node-rs/argon2", "postgres", "amqplib", "ioredis", "pino", "prom-client", "nodemailer"],
  headers: async () => [
    { source: "/:path*", headers: Object.entries(SECURITY_HEADERS).map(([key, value]) => ({ key, value })) },
  ],
  experimental: {
    authInterrupts: true,
    serverActions: { bodySizeLimit: "256kb" },
    // What a browser sends of a record's file; beyond it Next would cut the body off without a word.
    proxyClientMaxBodySize: "21mb",
    // A clinic builds once; writing a cache for the next build took a fifth of the time.
    turbopackFileSystemCacheForBuild: false,
  },
};

export default withNextIntl(config);
