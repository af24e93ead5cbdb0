/** Nothing to start. It is here for the same reason as proxy.ts. */
export function register() {}
