/** The visit's span as PostgreSQL reads it: half-open `[start,end)`. */
export const range = (start: Date, end: Date) => `[${start.toISOString()},${end.toISOString()})`;
