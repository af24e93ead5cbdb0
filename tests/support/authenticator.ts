import { createHash, createSign, generateKeyPairSync, randomBytes } from "node:crypto";

// A passkey in software (WebAuthn level 3, 6.1 and 7): one ES256 key, its CBOR and COSE by hand, as few bytes of either are ever needed.

const sha256 = (data: string | Buffer) => createHash("sha256").update(data).digest();
const text = (word: string) => Buffer.concat([Buffer.of(0x60 + word.length), Buffer.from(word)]);
const bytes = (data: Buffer) => Buffer.concat([Buffer.of(0x59, data.length >> 8, data.length & 255), data]);

/** What one answer says otherwise than an honest authenticator and browser would. */
export type Lie = {
  origin?: string;
  rpId?: string;
  challenge?: string;
  type?: string;
  isVerified?: boolean;
  counter?: number;
  /** Another key signs. */
  forged?: boolean;
};
type Party = { id: string; origin: string };

const FLAGS = { present: 1, verified: 4, attested: 64 };

/** `counts`: its counter goes up by one with each answer; without, it stays at nought, as those of synced passkeys do. */
export function authenticator(party: Party, { counts = true } = {}) {
  const pair = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const other = generateKeyPairSync("ec", { namedCurve: "P-256" });
  const { x = "", y = "" } = pair.publicKey.export({ format: "jwk" });
  const id = randomBytes(32);
  let counter = 0;
  const coordinate = (label: number, value: string) =>
    Buffer.concat([Buffer.of(label, 0x58, 32), Buffer.from(value, "base64url")]);
  // {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}
  const cose = Buffer.concat([Buffer.from("a5010203262001", "hex"), coordinate(0x21, x), coordinate(0x22, y)]);

  const clientData = (type: string, challenge: string, lie: Lie) =>
    Buffer.from(
      JSON.stringify({
        ...{ type: lie.type ?? type, challenge: lie.challenge ?? challenge, origin: lie.origin ?? party.origin },
        crossOrigin: false,
      }),
    );
  const authData = (flags: number, lie: Lie, more = Buffer.alloc(0)) => {
    const count = Buffer.alloc(4);
    if (counts) counter += 1;
    count.writeUInt32BE(lie.counter ?? counter);
    const verified = lie.isVerified === false ? 0 : FLAGS.verified;
    return Buffer.concat([sha256(lie.rpId ?? party.id), Buffer.of(flags | FLAGS.present | verified), count, more]);
  };
  const common = { id: id.toString("base64url"), rawId: id.toString("base64url"), type: "public-key" as const };

  return {
    /** Answers `navigator.credentials.create`. */
    register(challenge: string, lie: Lie = {}) {
      const length = Buffer.of(0, id.length);
      const data = authData(FLAGS.attested, lie, Buffer.concat([Buffer.alloc(16), length, id, cose]));
      const object = [Buffer.of(0xa3), text("fmt"), text("none"), text("attStmt"), Buffer.of(0xa0), text("authData")];
      return {
        ...common,
        clientExtensionResults: {},
        response: {
          clientDataJSON: clientData("webauthn.create", challenge, lie).toString("base64url"),
          attestationObject: Buffer.concat([...object, bytes(data)]).toString("base64url"),
          transports: ["internal"],
        },
      };
    },
    /** Answers `navigator.credentials.get`. */
    sign(challenge: string, lie: Lie = {}) {
      const client = clientData("webauthn.get", challenge, lie);
      const data = authData(0, lie);
      const signer = createSign("sha256").update(Buffer.concat([data, sha256(client)]));
      return {
        ...common,
        clientExtensionResults: {},
        response: {
          clientDataJSON: client.toString("base64url"),
          authenticatorData: data.toString("base64url"),
          signature: signer.sign((lie.forged ? other : pair).privateKey).toString("base64url"),
        },
      };
    },
  };
}
