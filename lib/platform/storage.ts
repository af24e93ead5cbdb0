import { createHash } from "node:crypto";
import { mkdir, readFile, rename, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import { AwsClient } from "aws4fetch";
import { env } from "./env";

/** Where files lie. Names are ours and random (`/^[0-9a-f]{32}$/`); what lies there is sealed already. */
export interface Storage {
  put(name: string, bytes: Buffer): Promise<void>;
  /** Throws where there is no such file. */
  get(name: string): Promise<Buffer>;
  /** Nothing happens where there is none. */
  remove(name: string): Promise<void>;
}

const NAME = /^[0-9a-f]{32}$/;
const checked = (name: string) => {
  if (!NAME.test(name)) throw new Error("a file's name is none of ours");
  return name;
};

/** Files in a folder of this machine, readable by us alone. */
export function folderStorage(folder: string): Storage {
  const pathOf = (name: string) => path.join(folder, checked(name).slice(0, 2), name);
  return {
    async put(name, bytes) {
      const file = pathOf(name);
      await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
      // Under its name it is whole, whenever the machine stops.
      await writeFile(`${file}.part`, bytes, { mode: 0o600, flush: true });
      await rename(`${file}.part`, file);
    },
    get: (name) => readFile(pathOf(name)),
    remove: (name) => rm(pathOf(name), { force: true }),
  };
}

type S3 = { bucketUrl: string; region: string; accessKeyId: string; secretAccessKey: string };

const S3_TIMEOUT_MS = 30_000;

/** Objects of a bucket in any S3-compatible store, by signed requests (AWS Signature Version 4). */
export function s3Storage({ bucketUrl, ...credentials }: S3): Storage {
  const client = new AwsClient({ ...credentials, service: "s3", retries: 2 });
  const ask = async (method: string, name: string, body: Buffer = Buffer.alloc(0)) => {
    const url = `${bucketUrl.replace(/\/+$/, "")}/${checked(name)}`;
    const signal = AbortSignal.timeout(S3_TIMEOUT_MS);
    // Signed with the rest, so that a body that was changed on its way is refused; the client itself leaves it out.
    const headers = { "x-amz-content-sha256": createHash("sha256").update(body).digest("hex") };
    const sent = method === "PUT" ? { body: new Uint8Array(body) } : {};
    const response = await client.fetch(url, { method, signal, headers, ...sent });
    if (!response.ok && !(method === "DELETE" && response.status === 404))
      throw new Error(`the file store answered ${response.status} to ${method}`);
    return response;
  };
  return {
    put: async (name, bytes) => void (await ask("PUT", name, bytes)),
    get: async (name) => Buffer.from(await (await ask("GET", name)).arrayBuffer()),
    remove: async (name) => void (await ask("DELETE", name)),
  };
}

let storage: Storage | undefined;

/** The process's file store for attachments of records. */
export function attachmentStorage(): Storage {
  storage ??= chosenStorage();
  return storage;
}

function chosenStorage(): Storage {
  const { DATA_DIR, S3_BUCKET_URL, S3_REGION, S3_ACCESS_KEY_ID = "", S3_SECRET_ACCESS_KEY = "" } = env();
  if (!S3_BUCKET_URL) return folderStorage(path.resolve(DATA_DIR, "attachments"));
  return s3Storage({
    ...{ bucketUrl: S3_BUCKET_URL, region: S3_REGION },
    ...{ accessKeyId: S3_ACCESS_KEY_ID, secretAccessKey: S3_SECRET_ACCESS_KEY },
  });
}
