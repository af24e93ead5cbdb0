type Page = { nonce: string; isDevelopment: boolean; isSecure: boolean };

/** The policy of a page: its own scripts and styles only, inline ones by this answer's nonce (CSP level 3). */
export function contentSecurityPolicy({ nonce, isDevelopment, isSecure }: Page): string {
  // React rebuilds server stacks with eval in development only.
  const evaluate = isDevelopment ? " 'unsafe-eval'" : "";
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'${evaluate}`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: blob:",
    "font-src 'self'",
    "connect-src 'self'",
    "object-src 'none'",
    "base-uri 'none'",
    "form-action 'self'",
    "frame-ancestors 'none'",
    ...(isSecure ? ["upgrade-insecure-requests"] : []),
  ].join("; ");
}
