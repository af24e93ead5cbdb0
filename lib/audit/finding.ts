/** The first thing that does not hold in a chain. */
export type Finding = {
  table: "audit_log" | "access_log" | "audit_seals" | "anchors" | "triggers";
  /** Of a row: its id. Of a seal or an anchor: its chain and number. Else a name. */
  id: string;
  says: string;
};

/** The chain does not hold, so nothing is sealed on top of it. */
export class ChainBroken extends Error {
  constructor(readonly finding: Finding) {
    super(sentenceOf(finding));
  }
}

export const sentenceOf = ({ table, id, says }: Finding) => `${table} ${id}: ${says}`;
