import { getTranslations } from "next-intl/server";
import { Alert } from "@/components/ui/alert";
import { one } from "../search-params";

const KNOWN = ["saved", "created", "invited", "reset"] as const;

/** Says that what was sent has been done; the way here says which. */
export async function DoneNote({ done }: { done: string | string[] | undefined }) {
  const known = KNOWN.find((word) => word === one(done));
  if (!known) return null;
  return (
    <Alert variant="success" role="status" className="mb-4">
      {(await getTranslations("admin.done"))(known)}
    </Alert>
  );
}
