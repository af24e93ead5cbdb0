import { inArray, sql } from "drizzle-orm";
import { type Tx, withActor } from "@/db/client";
import { patients } from "@/db/schema";
import { isUuid, type Page } from "@/lib/clinic/queries";
import { ok, type Result } from "@/lib/domain/result";
import type { Context } from "@/lib/platform/context";
import { decodeCursor, page } from "@/lib/platform/cursor";
import { badCursor } from "@/lib/platform/refusals";
import { digitsToken, mailToken, recordToken } from "@/lib/protection/blind-index";
import { indexKeys } from "@/lib/protection/index-keys";
import { openPatients, selectPatients } from "./columns";
import { escapeLike, type SearchTerms, searchTerms } from "./search-terms";
import type { PatientView } from "./views";

type Hit = { id: string; place: number; family: string; given: string };
/** Where the page before ended, and whether it was of names that are merely alike. */
type After = { loose: boolean; hit: Hit };

/**
 * Whoever fits all that the query says, the likest name first. Where nobody's name begins like the words, names much like them are shown
 * instead, which forgives a typing error or a missing accent. Staff only: the database gives others nothing.
 */
export async function searchPatients(
  ctx: Context,
  { query, limit, cursor }: { query: string; limit: number; cursor?: string },
): Promise<Result<Page<PatientView>, "validation_failed">> {
  const terms = searchTerms(query, ctx.now.toISOString().slice(0, 10));
  if (!terms) return ok({ items: [], nextCursor: null });
  const after = readCursor(cursor);
  if (after === null) return badCursor();
  return withActor(ctx, async (tx) => {
    const tokens = await tokensOf(tx, terms);
    let loose = after?.loose ?? false;
    let hits = await findHits(tx, { terms, tokens }, loose, after?.hit, limit + 1);
    if (hits.length === 0 && !after && terms.words.length > 0) {
      loose = true;
      hits = await findHits(tx, { terms, tokens }, loose, undefined, limit + 1);
    }
    const found = page(hits, limit, (hit) => [Number(loose), hit.place, hit.family, hit.given, hit.id]);
    const ids = found.items.map(({ id }) => id);
    const rows = await openPatients(await selectPatients(tx).where(inArray(patients.id, ids)));
    const byId = new Map(rows.map((row) => [row.id, row]));
    return ok({ items: found.items.flatMap(({ id }) => byId.get(id) ?? []), nextCursor: found.nextCursor });
  });
}

/** undefined without a cursor, null where it is none of ours. */
function readCursor(cursor: string | undefined): After | undefined | null {
  if (cursor === undefined) return undefined;
  const [loose, place, family, given, id] = decodeCursor(cursor) ?? [];
  const fine =
    (loose === 0 || loose === 1) &&
    Number.isInteger(place) &&
    typeof family === "string" &&
    typeof given === "string" &&
    isUuid(id);
  return fine ? { loose: loose === 1, hit: { id, place: Number(place), family, given } } : null;
}

/** An array as PostgreSQL writes it; the members are words and dates that hold neither quotes nor backslashes. */
const arrayOf = (members: readonly string[]) => `{${members.map((member) => `"${member}"`).join(",")}}`;

type Tokens = { numbers: string[]; records: string[]; mails: string[] };

/** What sealed identifiers are found by, under each index key that there is. */
async function tokensOf(tx: Tx, { ends, record, mail }: SearchTerms): Promise<Tokens> {
  const keys = ends.length > 0 || record || mail ? await indexKeys(tx) : [];
  return {
    numbers: keys.flatMap((key) => ends.map((end) => digitsToken(key, end))),
    records: record ? keys.map((key) => recordToken(key, record)) : [],
    mails: mail ? keys.map((key) => mailToken(key, mail)) : [],
  };
}

async function findHits(
  tx: Tx,
  { terms, tokens }: { terms: SearchTerms; tokens: Tokens },
  loose: boolean,
  after: Hit | undefined,
  count: number,
): Promise<Hit[]> {
  const words = arrayOf(loose ? [] : terms.words);
  const alike = loose ? terms.words.join(" ") : null;
  const dates = terms.dates && arrayOf(terms.dates);
  const hits = await tx.db.execute<Hit>(sql`select id, place, family, given from search_patients(
    ${words}::text[], ${alike}::text, ${dates}::date[], ${terms.digits}::text, ${terms.record}::text, ${arrayOf(terms.maybeDates)}::date[], ${terms.mail && escapeLike(terms.mail)}::text,
    ${arrayOf(tokens.numbers)}::text[], ${arrayOf(tokens.records)}::text[], ${arrayOf(tokens.mails)}::text[], ${after?.place ?? null}::int, ${after?.family ?? null}::text, ${after?.given ?? null}::text, ${after?.id ?? null}::uuid, ${count}::int)`);
  return [...hits];
}
