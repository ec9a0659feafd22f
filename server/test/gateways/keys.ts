import { generateKeyPairSync, type KeyObject, sign } from 'node:crypto';

export type Pair = {
  readonly privateKey: KeyObject;
  readonly publicKey: KeyObject;
  readonly privatePem: string;
  readonly publicPem: string;
};

/** A pair of real RSA keys. */
export function rsaPair(): Pair {
  const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
  return {
    privateKey,
    publicKey,
    privatePem: String(privateKey.export({ type: 'pkcs8', format: 'pem' })),
    publicPem: String(publicKey.export({ type: 'spki', format: 'pem' })),
  };
}

const stranger = rsaPair();

/** Signs a text, or has a stranger sign it. */
export function signed(text: string, { privateKey }: Pair, forged = false): string {
  return sign('sha256', Buffer.from(text), forged ? stranger.privateKey : privateKey).toString('base64');
}
