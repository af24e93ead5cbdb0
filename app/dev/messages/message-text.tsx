/** A message's words with its links to press. */
export function MessageText({ text }: { text: string }) {
  // Every second piece is an address; only http(s) is made a link.
  const pieces = text.trim().split(/(https?:\/\/[^\s<>"]+)/);
  const keyed = pieces.map((piece, index) => ({ key: `${index}:${piece}`, piece, isLink: index % 2 === 1 }));
  return (
    <div className="whitespace-pre-wrap break-words">
      {keyed.map(({ key, piece, isLink }) =>
        isLink ? (
          <a key={key} href={piece} className="underline">
            {piece}
          </a>
        ) : (
          <span key={key}>{piece}</span>
        ),
      )}
    </div>
  );
}
