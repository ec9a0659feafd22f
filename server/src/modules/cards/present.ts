import { createHmac, type KeyObject } from 'node:crypto';
import type { Random } from '../../kernel/random.ts';
import type { KeyRing } from '../../platform/config/keys.ts';
import { secretKey } from '../../platform/crypto/seal.ts';
import { canonicalCode, checksOut, codeFrom, displayCode, pinFrom } from './code.ts';
import { newPaymentCode, type PaymentKeys, readPaymentCode } from './payment/paymentCode.ts';
import type { Presented } from './recognise.ts';
import { codeHash, pinHash } from './secrets.ts';
import type { NewSecrets } from './succeed.ts';

export type CardKeys = {
  readonly code: KeyRing;
  readonly pin: KeyRing;
  readonly seal: KeyRing;
  readonly payment: KeyRing;
};

export type ShownSecrets = { readonly code: string; readonly pin: string };

/** Turns what people type into what the database can be asked for, and makes new secrets. */
export type CardDesk = {
  present(merchantId: string, code: string, pin: string | undefined): Presented;
  /** The hashes of new secrets for the card that a request makes, under the keys that are current. */
  renew(merchantId: string, idempotencyKey: string): NewSecrets;
  /**
   * The secrets themselves: the same for the same request under the same version of the sealing key, so that a retry can
   * be answered although they are stored nowhere. Throws if that version is not in the key file any more.
   */
  shown(merchantId: string, idempotencyKey: string, sealVersion: number): ShownSecrets;
  /** What a member's phone shows now to pay from a card. */
  paymentCode(of: PaidFrom, now: Date, random: Random): string;
};

/** Which card of which member pays. */
export type PaidFrom = { readonly merchantId: string; readonly cardId: string; readonly memberId: string };

type Pair = { readonly version: number; readonly code: KeyObject; readonly pin: KeyObject };

/** The desk that works with these keys. Throws if they are not whole. */
export function cardDesk(keys: CardKeys): CardDesk {
  const pairs = pairsOf(keys);
  const [current] = pairs;
  const payment = paymentKeys(keys.payment);

  function hashes(merchantId: string, canonical: string): readonly Buffer[] {
    return pairs.map((pair) => codeHash(pair.code, merchantId, canonical));
  }

  function draw(merchantId: string, idempotencyKey: string, sealVersion: number) {
    const key = keys.seal.keys.get(sealVersion);
    if (!key) throw new Error(`the key file has no key ${sealVersion} for what is sealed`);
    const drawn = createHmac('sha256', key).update(`renew|${merchantId}|${idempotencyKey}`).digest();
    return { code: codeFrom(drawn.subarray(0, 10)), pin: pinFrom(drawn.subarray(10, 22)) };
  }

  return {
    present(merchantId, code, pin) {
      const paying = readPaymentCode(payment, merchantId, code);
      if (paying) return { codeHashes: [], pinHashes: null, wellFormed: true, payment: paying };
      const canonical = canonicalCode(code);
      // A mistyped code is hashed and looked up like any other, so that it takes as long.
      const found = hashes(merchantId, canonical ?? unknownCode);
      const codeHashes = found.map((hash) => hash.toString('hex'));
      return {
        codeHashes,
        pinHashes:
          pin === undefined ? null : pairs.map((pair, n) => pinHash(pair.pin, codeHashes[n] ?? '', pin)),
        wellFormed: canonical !== undefined && checksOut(canonical),
      };
    },
    renew(merchantId, idempotencyKey) {
      if (!current) throw new Error('there is no key for codes');
      const sealVersion = keys.seal.current;
      const { code, pin } = draw(merchantId, idempotencyKey, sealVersion);
      const hash = codeHash(current.code, merchantId, code).toString('hex');
      return {
        codeHash: hash,
        pinHash: pinHash(current.pin, hash, pin),
        keyVersion: current.version,
        sealVersion,
        last4: code.slice(-4),
      };
    },
    shown(merchantId, idempotencyKey, sealVersion) {
      const { code, pin } = draw(merchantId, idempotencyKey, sealVersion);
      return { code: displayCode(code), pin };
    },
    paymentCode: (of, now, random) => newPaymentCode(payment, of, now, random),
  };
}

/** No code is made of zeros alone but for a chance of 2^-80. */
const unknownCode = '0'.repeat(18);

/** The keys of payment codes, the current one first. */
function paymentKeys({ current, keys }: KeyRing): PaymentKeys {
  const earlier = [...keys].filter(([version]) => version !== current);
  const newest = [...keys].filter(([version]) => version === current);
  return [...newest, ...earlier].map(([version, key]) => ({ version, key: secretKey(key) }));
}

/** The keys of codes and PINs by version, the current one first; both rings turn together. */
function pairsOf({ code, pin }: CardKeys): readonly Pair[] {
  const earlier = [...code.keys.keys()].filter((version) => version !== code.current).sort((a, b) => b - a);
  const versions = [code.current, ...earlier];
  return versions.map((version) => {
    const codeKey = code.keys.get(version);
    const pinKey = pin.keys.get(version);
    if (!codeKey || !pinKey) throw new Error(`the key file has no key ${version} for both codes and PINs`);
    return { version, code: secretKey(codeKey), pin: secretKey(pinKey) };
  });
}
