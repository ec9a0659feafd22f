import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto';

// A phone's authenticator in software: makes passkeys and signs with them, as WebAuthn says.

type Options = {
  readonly challenge: string;
  readonly rp?: { readonly id?: string };
  readonly rpId?: string;
  readonly user?: { readonly id: string };
  readonly allowCredentials?: readonly { readonly id: string }[];
};

type Kept = {
  readonly id: Buffer;
  readonly key: KeyObject;
  readonly host: string;
  readonly userHandle: string;
  uses: number;
};

const text = (bytes: Uint8Array) => Buffer.from(bytes).toString('base64url');
const sha256 = (data: Uint8Array | string) => createHash('sha256').update(data).digest();

/** The few kinds of CBOR that an attestation is made of. */
function cbor(value: number | string | Uint8Array | ReadonlyMap<number | string, unknown>): Buffer {
  const head = (major: number, n: number) => {
    if (n < 24) return Buffer.of((major << 5) | n);
    return n < 256 ? Buffer.of((major << 5) | 24, n) : Buffer.of((major << 5) | 25, n >> 8, n & 255);
  };
  if (typeof value === 'number') return value < 0 ? head(1, -1 - value) : head(0, value);
  if (typeof value === 'string')
    return Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)]);
  if (value instanceof Uint8Array) return Buffer.concat([head(2, value.length), value]);
  const parts = [...value].flatMap(([name, held]) => [cbor(name), cbor(held as string)]);
  return Buffer.concat([head(5, value.size), ...parts]);
}

/** `origin`: the page that the browser shows, which it signs along. */
export function authenticator(origin = 'http://localhost:8080') {
  const kept: Kept[] = [];
  const clientData = (type: string, challenge: string, at = origin) =>
    Buffer.from(JSON.stringify({ type, challenge, origin: at, crossOrigin: false }));
  const head = (host: string, flags: number, uses: number) => {
    const counter = Buffer.alloc(4);
    counter.writeUInt32BE(uses);
    return Buffer.concat([sha256(host), Buffer.of(flags), counter]);
  };
  return {
    kept,
    /** Makes a passkey; `flags` 0x45: present, verified, with a key. */
    make(options: unknown, more: { readonly flags?: number; readonly origin?: string } = {}) {
      const { challenge, rp, user } = options as Options;
      const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
      const { x = '', y = '' } = publicKey.export({ format: 'jwk' });
      const id = randomBytes(16);
      const host = rp?.id ?? '';
      const cose = cbor(
        new Map<number, unknown>([
          [1, 2],
          [3, -7],
          [-1, 1],
          [-2, Buffer.from(x, 'base64url')],
          [-3, Buffer.from(y, 'base64url')],
        ]),
      );
      const credential = Buffer.concat([Buffer.alloc(16), Buffer.of(0, id.length), id, cose]);
      const authData = Buffer.concat([head(host, more.flags ?? 0x45, 0), credential]);
      const attestation = cbor(
        new Map<string, unknown>([
          ['fmt', 'none'],
          ['attStmt', new Map()],
          ['authData', authData],
        ]),
      );
      kept.push({ id, key: privateKey, host, userHandle: user?.id ?? '', uses: 0 });
      return {
        id: text(id),
        rawId: text(id),
        type: 'public-key',
        response: {
          clientDataJSON: text(clientData('webauthn.create', challenge, more.origin)),
          attestationObject: text(attestation),
          transports: ['internal'],
        },
        clientExtensionResults: {},
      };
    },
    /** Signs with the passkey made last; `flags` 5: present and verified. */
    sign(
      options: unknown,
      more: { readonly flags?: number; readonly origin?: string; readonly uses?: number } = {},
    ) {
      const { challenge } = options as Options;
      const passkey = kept.at(-1);
      if (!passkey) throw new Error('no passkey was made');
      passkey.uses = more.uses ?? passkey.uses + 1;
      const data = clientData('webauthn.get', challenge, more.origin);
      const authData = head(passkey.host, more.flags ?? 0x05, passkey.uses);
      const signature = sign('sha256', Buffer.concat([authData, sha256(data)]), passkey.key);
      return {
        id: text(passkey.id),
        rawId: text(passkey.id),
        type: 'public-key',
        response: {
          clientDataJSON: text(data),
          authenticatorData: text(authData),
          signature: text(signature),
          userHandle: passkey.userHandle,
        },
        clientExtensionResults: {},
      };
    },
  };
}
