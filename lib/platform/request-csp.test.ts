import { expect, it } from "vitest";
import { contentSecurityPolicy } from "./request-csp";

const policy = (isDevelopment: boolean) =>
  new Map(
    contentSecurityPolicy({ nonce: "n0nce", isDevelopment, isSecure: true })
      .split("; ")
      .map((line) => [line.split(" ")[0], line.split(" ").slice(1).join(" ")]),
  );

it("lets nothing run or style a page in production that is not ours or has no nonce of this answer", () => {
  const production = policy(false);
  expect(production.get("script-src")).toBe("'self' 'nonce-n0nce'");
  expect(production.get("style-src")).toBe("'self' 'nonce-n0nce'");
  expect(production.get("default-src")).toBe("'self'");
  for (const none of ["object-src", "base-uri", "frame-ancestors"]) expect(production.get(none)).toBe("'none'");
  expect([...production.values()].join(" ")).not.toMatch(/unsafe|\*|https?:/);
});

it("gives way in development to Next's own tools alone", () => {
  expect(policy(true).get("script-src")).toBe("'self' 'nonce-n0nce' 'unsafe-eval'");
  expect(policy(true).get("style-src")).toBe("'self' 'unsafe-inline'");
});
