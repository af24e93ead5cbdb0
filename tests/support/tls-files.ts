import "reflect-metadata";
import { webcrypto } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import * as x509 from "@peculiar/x509";

const EC = { name: "ECDSA", namedCurve: "P-256", hash: "SHA-256" } as const;
const YEAR_MS = 365 * 86_400_000;

type Authority = { name: string; keys: CryptoKeyPair; certificate: x509.X509Certificate };
const validity = () => ({ notBefore: new Date(Date.now() - YEAR_MS), notAfter: new Date(Date.now() + YEAR_MS) });
const newKeys = () => webcrypto.subtle.generateKey(EC, true, ["sign", "verify"]) as Promise<CryptoKeyPair>;

async function authority(name: string): Promise<Authority> {
  const keys = await newKeys();
  const extensions = [new x509.BasicConstraintsExtension(true, undefined, true)];
  const certificate = await x509.X509CertificateGenerator.createSelfSigned(
    { name: `CN=${name}`, keys, signingAlgorithm: EC, extensions, ...validity() },
    webcrypto as Crypto,
  );
  return { name: `CN=${name}`, keys, certificate };
}

async function signedBy(signer: Authority, name: string, names: x509.JsonGeneralNames) {
  const keys = await newKeys();
  const certificate = await x509.X509CertificateGenerator.create(
    {
      subject: `CN=${name}`,
      issuer: signer.name,
      publicKey: keys.publicKey,
      signingKey: signer.keys.privateKey,
      signingAlgorithm: EC,
      extensions: [new x509.SubjectAlternativeNameExtension(names)],
      ...validity(),
    },
    webcrypto as Crypto,
  );
  const key = Buffer.from(await webcrypto.subtle.exportKey("pkcs8", keys.privateKey)).toString("base64");
  return { certificate, key: `-----BEGIN PRIVATE KEY-----\n${key}\n-----END PRIVATE KEY-----\n` };
}

x509.cryptoProvider.set(webcrypto as Crypto);
const [ca, otherCa] = [await authority("Slotwell tests"), await authority("Somebody else")];
const server = await signedBy(ca, "localhost", [
  { type: "dns", value: "localhost" },
  { type: "ip", value: "127.0.0.1" },
]);
const elsewhere = await signedBy(ca, "elsewhere.test", [{ type: "dns", value: "elsewhere.test" }]);

const FILES = {
  "ca.pem": ca.certificate.toString("pem"),
  "other-ca.pem": otherCa.certificate.toString("pem"),
  "server.pem": server.certificate.toString("pem"),
  "server.key": server.key,
  "elsewhere.pem": elsewhere.certificate.toString("pem"),
  "elsewhere.key": elsewhere.key,
};
const folder = mkdtempSync(path.join(tmpdir(), "slotwell-tls-"));
process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
for (const [name, text] of Object.entries(FILES)) writeFileSync(path.join(folder, name), text, { mode: 0o644 });

/** Made anew for each run: `server` is localhost and 127.0.0.1, `elsewhere` another name; `ca` signed both, `other-ca` neither. */
export const tlsFile = (name: keyof typeof FILES) => path.join(folder, name);
