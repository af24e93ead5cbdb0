/** A kind's name stands in the words without its dots, as dots nest. */
export const titleOf = (t: (key: never) => string, kind: string): string =>
  t(`kinds.${kind.replaceAll(".", "_")}` as never);
