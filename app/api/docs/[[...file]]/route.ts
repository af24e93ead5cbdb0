import { readFile } from "node:fs/promises";
import path from "node:path";
import { refuse } from "@/lib/domain/result";
import { problemResponse } from "@/lib/platform/problem";

const FOLDER = path.join(process.cwd(), "node_modules/swagger-ui-dist");

const PAGE = `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>Slotwell API</title>
<link rel="stylesheet" href="/api/docs/swagger-ui.css">
<link rel="icon" href="/api/docs/favicon-32x32.png">
</head>
<body>
<main id="api"></main>
<script src="/api/docs/swagger-ui-bundle.js"></script>
<script src="/api/docs/start.js"></script>
</body>
</html>
`;
const START = `SwaggerUIBundle({ url: "/api/v1/openapi.json", dom_id: "#api", deepLinking: true, validatorUrl: null });\n`;

const TYPES: Record<string, string> = {
  "swagger-ui.css": "text/css; charset=utf-8",
  "swagger-ui-bundle.js": "text/javascript; charset=utf-8",
  "favicon-32x32.png": "image/png",
};

// Swagger UI writes style attributes; scripts come from here alone.
const HEADERS = {
  "content-security-policy":
    "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'",
  "x-content-type-options": "nosniff",
};

const send = (body: BodyInit, type: string) =>
  new Response(body, { headers: { ...HEADERS, "content-type": type, "cache-control": "public, max-age=3600" } });

/** The API's description as a page, with nothing from anybody else's server. */
export async function GET(_request: Request, { params }: { params: Promise<{ file?: string[] }> }): Promise<Response> {
  const name = (await params).file?.join("/");
  if (name === undefined) return send(PAGE, "text/html; charset=utf-8");
  if (name === "start.js") return send(START, "text/javascript; charset=utf-8");
  const type = TYPES[name];
  if (!type) return problemResponse(refuse("not_found"));
  return send(new Uint8Array(await readFile(path.join(FOLDER, name))), type);
}
