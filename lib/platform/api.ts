import type { z } from "zod";
import type { Door } from "./permission-table";
import type { LimitClass } from "./rate-limit";

export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";
export type Shape = z.ZodType;
export type Parsed<S> = S extends z.ZodType ? z.infer<S> : undefined;

/** One call of the REST API: what `GET /api/v1/openapi.json` is made from, and what its handler is checked against. */
export type Call<
  P extends Shape | undefined = Shape | undefined,
  Q extends Shape | undefined = Shape | undefined,
  B extends Shape | undefined = Shape | undefined,
> = {
  method: Method;
  /** Below /api/v1, with `{id}` for a parameter. */
  path: string;
  summary: string;
  tag: string;
  access: Door;
  params?: P;
  query?: Q;
  body?: B;
  /** Status of success; 204 answers nothing. */
  status: 200 | 201 | 202 | 204;
  response?: Shape;
  /** Codes of refusals beyond those that every call has. */
  refusals?: readonly string[];
  limit?: LimitClass;
  /** A POST that creates honours Idempotency-Key. */
  creates?: boolean;
  /** Takes a file as its whole body, of so many bytes at the most, in place of JSON. */
  uploadBytes?: number;
  /** Answers with a file to be kept, not shown. */
  download?: true;
  /** Answers with an ETag of the resource's version; a change honours If-Match. */
  versioned?: boolean;
  /** Needs a sign-in of the last minutes (`step_up_required`): what cannot be taken back, or hands out much at once. */
  stepUp?: true;
  /** Also for staff who have yet to set up their second factor. */
  whileEnrolling?: true;
  /** Same for everybody, and kept by browsers and proxies for so many seconds. */
  cacheSeconds?: number;
};

export const defineCall = <
  P extends Shape | undefined = undefined,
  Q extends Shape | undefined = undefined,
  B extends Shape | undefined = undefined,
>(
  call: Call<P, Q, B>,
): Call<P, Q, B> => call;

export type Asked<P, Q, B> = {
  params: Parsed<P>;
  query: Parsed<Q>;
  body: Parsed<B>;
  /** From If-Match; undefined where the caller does not mind. */
  expectedVersion: number | undefined;
  /** The body of a call that takes a file. */
  file: Buffer;
  request: Request;
};
