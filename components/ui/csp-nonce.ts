"use client";

declare global {
  var __webpack_nonce__: string | undefined;
}

// Overlays add a style element to stop the page behind from scrolling; it must carry this document's nonce to pass the CSP.
if (typeof document !== "undefined") {
  globalThis.__webpack_nonce__ ??= document.querySelector<HTMLScriptElement>("script[nonce]")?.nonce;
}

export {};
