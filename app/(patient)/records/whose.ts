import "server-only";
import { isId } from "@/components/find/query";
import type { UserActor } from "@/lib/domain/actor";
import { representedPatients } from "@/lib/patients/queries";
import type { RepresentedPatient } from "@/lib/patients/views";
import type { Context } from "@/lib/platform/context";
import { requireActor } from "@/lib/platform/request";

export type RecordsSearch = Promise<Record<string, string | string[] | undefined>>;
export type Whose = {
  ctx: Context & { actor: UserActor };
  /** Whose page it is; nobody where the account stands for nobody. */
  person: RepresentedPatient | undefined;
  isOwn: boolean;
  mayRead: boolean;
  search: Awaited<RecordsSearch>;
  /** An address below /records that stays with this person. */
  hrefOf: (below: string) => string;
};

/** The person of a page below /records: of the address (`?for=`), else whom the account stands for first, which is itself. */
export async function readWhose(searchParams: RecordsSearch): Promise<Whose> {
  const ctx = await requireActor("patient");
  const [search, people] = await Promise.all([searchParams, representedPatients(ctx)]);
  const person = people.find(({ id }) => isId(id) && id === search.for) ?? people[0];
  const isOwn = person?.relationship === "self";
  return {
    ...{ ctx, person, isOwn, search },
    mayRead: person?.capabilities.includes("records") ?? false,
    hrefOf: (below) => `/records${below}${person && !isOwn ? `?for=${person.id}` : ""}`,
  };
}
