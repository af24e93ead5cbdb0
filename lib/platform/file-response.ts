export type FileAnswer = { fileName: string; contentType: string; bytes: Buffer };

/** A file as a download: never shown inside our own pages, never guessed at, never kept on the way. */
export function fileResponse({ fileName, contentType, bytes }: FileAnswer): Response {
  const plain = fileName.replace(/[^\x20-\x7e]|["\\]/g, "_");
  return new Response(new Uint8Array(bytes), {
    headers: {
      "content-type": contentType,
      "content-length": String(bytes.length),
      "content-disposition": `attachment; filename="${plain}"; filename*=UTF-8''${encodeURIComponent(fileName).replace(/['()*]/g, escape)}`,
      "x-content-type-options": "nosniff",
      "content-security-policy": "sandbox; default-src 'none'",
      "cache-control": "private, no-store",
    },
  });
}
