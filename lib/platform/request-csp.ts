type Page = { nonce: string; isDevelopment: boolean; isSecure: boolean };

/** The policy of a page: its own scripts and styles only, inline ones by this answer's nonce (CSP level 3). */
export function contentSecurityPolicy({ nonce, isDevelopment, isSecure }: Page): string {
  // React rebuilds server stacks with eval in development only.
  const evaluate = isDevelopment ? " 'unsafe-eval'" : "";
  // Next's own tools of development add styles without a nonce; a nonce in the list would switch 'unsafe-inline' off.
  const styles = isDevelopment ? "'unsafe-inline'" : `'nonce-${nonce}'`;
  return [
    "default-src 'self'",
    `script-src 'self' 'nonce-${nonce}'${evaluate}`,
    `style-src 'self' ${styles}`,
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
