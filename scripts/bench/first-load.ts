import { gzipSync } from "node:zlib";

const FACES = [
  { name: "first-load JavaScript, patient: find a time", path: "/find", signedIn: false },
  { name: "first-load JavaScript, sign-in", path: "/sign-in", signedIn: false },
  { name: "first-load JavaScript, reception: today", path: "/today", signedIn: true },
  { name: "first-load JavaScript, staff: appointments", path: "/appointments", signedIn: true },
];

/** Gzipped size of the scripts that each face's HTML names. */
export async function firstLoadJavaScript(
  base: string,
  cookie: string,
): Promise<{ name: string; kilobytes: number }[]> {
  const sizes: { name: string; kilobytes: number }[] = [];
  for (const { name, path, signedIn } of FACES) {
    const html = await (await fetch(base + path, { headers: signedIn ? { cookie } : {} })).text();
    const scripts = new Set(
      [...html.matchAll(/<script[^>]+src="([^"]+\.js)[^"]*"/g)].map((match) => match[1] as string),
    );
    let bytes = 0;
    for (const script of scripts)
      bytes += gzipSync(Buffer.from(await (await fetch(base + script)).arrayBuffer())).byteLength;
    sizes.push({ name, kilobytes: Math.round(bytes / 1024) });
  }
  return sizes;
}
