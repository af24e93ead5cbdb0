import type { z } from "zod";
import type { FieldError } from "@/lib/domain/result";

/** zod's issues as our field errors; an unknown member is named itself, not the object around it. */
export const fieldErrors = (error: z.ZodError): FieldError[] =>
  error.issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code === "unrecognized_keys") {
      return issue.keys.map((key) => ({ path: [...path, key].join("."), message: "Is not a field of this request." }));
    }
    return [{ path: path.join("."), message: issue.message }];
  });
