import { createHash, createHmac } from "node:crypto";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

// As much of an S3-compatible store as keeps objects of one bucket, and judges each signature by itself (AWS Signature Version 4, "Authenticating
// requests: using the Authorization header"), without the client's library.

export type S3Account = { region: string; accessKeyId: string; secretAccessKey: string };

const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest("hex");
const hmac = (key: string | Buffer, text: string) => createHmac("sha256", key).update(text).digest();

/** What is wrong with a request's signature, or null. */
function fault({ method, url, headers }: IncomingMessage, body: Buffer, account: S3Account): string | null {
  const parts =
    /^AWS4-HMAC-SHA256 Credential=([^/]+)\/(\d{8})\/([^/]+)\/s3\/aws4_request, *SignedHeaders=([^,]+), *Signature=([0-9a-f]{64})$/.exec(
      headers.authorization ?? "",
    );
  if (!parts) return "AccessDenied";
  const [, key, day = "", region = "", names = "", signature] = parts;
  const date = String(headers["x-amz-date"]);
  const hash = String(headers["x-amz-content-sha256"]);
  if (key !== account.accessKeyId || region !== account.region || !date.startsWith(day)) return "InvalidAccessKeyId";
  if (Math.abs(Date.now() - Date.parse(date.replace(/(....)(..)(..T..)(..)(..Z)/, "$1-$2-$3:$4:$5"))) > 900_000)
    return "RequestTimeTooSkewed";
  if (!["host", "x-amz-content-sha256", "x-amz-date"].every((name) => names.split(";").includes(name)))
    return "AccessDenied";
  if (hash !== sha256(body)) return "XAmzContentSHA256Mismatch";
  const [path, query = ""] = (url ?? "").split("?");
  const lines = names.split(";").map((name) => `${name}:${String(headers[name]).trim()}\n`);
  const canonical = [method, path, query, lines.join(""), names, hash].join("\n");
  const toSign = ["AWS4-HMAC-SHA256", date, `${day}/${region}/s3/aws4_request`, sha256(canonical)].join("\n");
  const signing = [region, "s3", "aws4_request"].reduce(hmac, hmac(`AWS4${account.secretAccessKey}`, day));
  return hmac(signing, toSign).toString("hex") === signature ? null : "SignatureDoesNotMatch";
}

export async function fakeS3(account: S3Account) {
  const objects = new Map<string, Buffer>();
  /** Statuses of the next answers, before anything is looked at; 0 breaks the connection. */
  const failures: number[] = [];
  const refusals: string[] = [];
  let asked = 0;
  const answer = async (request: IncomingMessage, response: ServerResponse) => {
    asked += 1;
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const failure = failures.shift();
    if (failure === 0) return void request.socket.destroy();
    if (failure) return void response.writeHead(failure).end("<Error/>");
    const wrong = fault(request, body, account);
    if (wrong) {
      refusals.push(wrong);
      return void response.writeHead(403).end(`<Error><Code>${wrong}</Code></Error>`);
    }
    const name = request.url ?? "";
    const object = objects.get(name);
    if (request.method === "PUT") objects.set(name, body);
    if (request.method === "DELETE") objects.delete(name);
    if (request.method === "GET" && !object) return void response.writeHead(404).end("<Error/>");
    response.writeHead(request.method === "DELETE" ? 204 : 200).end(request.method === "GET" ? object : undefined);
  };
  const server = createServer((request, response) => void answer(request, response));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const bucketUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/clinic`;
  return { bucketUrl, objects, failures, refusals, asked: () => asked, close: () => void server.close() };
}
