import type { KeyObject } from 'node:crypto';
import { hash, timingSafeEqual } from 'node:crypto';
import { assert } from '../../../kernel/assert.ts';
import { upperDigits, upperValues } from '../../../kernel/base32.ts';
import { encodeId } from '../../../kernel/id.ts';
import { type Refusal, refused } from '../../../kernel/outcome.ts';
import type { Random } from '../../../kernel/random.ts';
import { mac } from '../../../platform/crypto/mac.ts';
import { entity, finder } from '../../../platform/executor/entity.ts';
import type { Context } from '../../../platform/executor/useCase.ts';
import { type Change, put } from '../../../platform/executor/workingSet.ts';
import type { Card } from '../card.ts';

/** What a phone shows to pay from a card: good for one payment, and for a moment. Its signature has been checked. */
export type PaymentCode = {
  readonly cardId: string;
  readonly memberId: string;
  readonly issuedAt: Date;
  /** SHA-256 of it, lower-case hex. */
  readonly id: string;
};

/** The keys by version, the current one first. */
export type PaymentKeys = readonly { readonly version: number; readonly key: KeyObject }[];

/** A till has seen it, and perhaps taken a payment with it. */
export type PaymentCodeUse = {
  readonly id: string;
  readonly cardId: string;
  /** Who saw it first: from then on it is good for nobody else. */
  readonly actorId: string;
  readonly seenAt: Date;
  readonly usedAt: Date | null;
};

export const paymentCodeUses = entity<PaymentCodeUse>('paymentCodeUse', (use) => use.id, 'none');
export const paymentCodeUseById = finder(paymentCodeUses, 'byId', (use) => [use.id]);

/** How long a phone shows one before it shows the next. */
export const shownForMs = 30_000;
/** How old one may be when a till first sees it: as long as it is shown, and on its way. */
export const goodForMs = 45_000;
/** How long the till that has looked it up may take to key in the amount. */
const keyingForMs = 120_000;

const lead = 'P1';
const uuidBytes = 16;
const nonceBytes = 6;
const signatureBytes = 16;
const signedBytes = 1 + uuidBytes + uuidBytes + 4 + nonceBytes;
const wholeBytes = signedBytes + signatureBytes;
const digits = Math.ceil((wholeBytes * 8) / 5);

/** How a member is named as the holder of a card. */
export function memberHolder(memberId: string): string {
  return encodeId('mem', memberId);
}

/** A new payment code, in upper-case digits, which make the smallest QR code. */
export function newPaymentCode(
  keys: PaymentKeys,
  {
    merchantId,
    cardId,
    memberId,
  }: { readonly merchantId: string; readonly cardId: string; readonly memberId: string },
  now: Date,
  random: Random,
): string {
  const [current] = keys;
  assert(current !== undefined && current.version < 256, 'there is a key for payment codes');
  const time = Buffer.alloc(4);
  time.writeUInt32BE(Math.floor(now.getTime() / 1000));
  const signed = Buffer.concat([
    Uint8Array.of(current.version),
    bytesOf(cardId),
    bytesOf(memberId),
    time,
    random(nonceBytes),
  ]);
  return lead + textOf(Buffer.concat([signed, signatureOf(current.key, merchantId, signed)]));
}

/** What a text says, if it is a payment code that this merchant's service made. */
export function readPaymentCode(
  keys: PaymentKeys,
  merchantId: string,
  text: string,
): PaymentCode | undefined {
  // Codes of cards, which nearly all are, are much shorter.
  if (text.length < lead.length + digits) return undefined;
  const typed = text.trim().toUpperCase();
  if (typed.length !== lead.length + digits || !typed.startsWith(lead)) return undefined;
  const whole = bytesIn(typed.slice(lead.length));
  if (!whole) return undefined;
  const signed = whole.subarray(0, signedBytes);
  const key = keys.find(({ version }) => version === whole[0])?.key;
  if (!key || !timingSafeEqual(signatureOf(key, merchantId, signed), whole.subarray(signedBytes)))
    return undefined;
  const at = 1 + 2 * uuidBytes;
  return {
    cardId: uuidOf(whole.subarray(1, 1 + uuidBytes)),
    memberId: uuidOf(whole.subarray(1 + uuidBytes, at)),
    issuedAt: new Date(whole.readUInt32BE(at) * 1000),
    id: hash('sha256', whole, 'hex'),
  };
}

/** Why it pays nothing here and now; undefined if it does. */
export function mayPayWith(
  code: PaymentCode,
  card: Card,
  use: PaymentCodeUse | undefined,
  { actor, now }: Pick<Context, 'actor' | 'now'>,
): Refusal | undefined {
  const again = { field: 'code', next: 'Ask the holder for the code that the phone shows now.' };
  if (use && (use.usedAt !== null || use.actorId !== actor.id)) return refused('payment_code_used', again);
  const age = now.getTime() - (use?.seenAt ?? code.issuedAt).getTime();
  if (age > (use ? keyingForMs : goodForMs)) return refused('payment_code_expired', again);
  return card.holder === memberHolder(code.memberId) ? undefined : refused('payment_code_expired', again);
}

/**
 * Why it is not a member's own word here and now; undefined if it is. A till looks at it first, which leaves no trace, and
 * then keys in the amount: so it may be as old as that takes. It speaks once.
 */
export function maySpeakFor(
  memberId: string,
  code: PaymentCode | undefined,
  use: PaymentCodeUse | undefined,
  now: Date,
): Refusal | undefined {
  const next = 'Ask the member for the code that the phone shows now.';
  // Where a card's id would stand is the member's own.
  if (code?.memberId !== memberId || code.cardId !== memberId)
    return refused('member_code_required', { next });
  if (use) return refused('payment_code_used', { next });
  const isOld = now.getTime() - code.issuedAt.getTime() > goodForMs + keyingForMs;
  return isOld ? refused('payment_code_expired', { next }) : undefined;
}

/** That it was seen, or that a payment was taken with it. */
export function noteUse(
  code: PaymentCode,
  use: PaymentCodeUse | undefined,
  spends: boolean,
  { actor, now }: Pick<Context, 'actor' | 'now'>,
): readonly Change[] {
  if (use && !spends) return [];
  const { id, cardId } = code;
  const seen = use ?? { id, cardId, actorId: actor.id, seenAt: now, usedAt: null };
  return [put(paymentCodeUses, spends ? { ...seen, usedAt: now } : seen)];
}

function signatureOf(key: KeyObject, merchantId: string, signed: Buffer): Buffer {
  return mac(key, `pay|${merchantId}|${signed.toString('hex')}`).subarray(0, signatureBytes);
}

function bytesOf(uuid: string): Buffer {
  return Buffer.from(uuid.replaceAll('-', ''), 'hex');
}

function uuidOf(bytes: Buffer): string {
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})/, '$1-$2-$3-$4-');
}

function textOf(bytes: Buffer): string {
  let text = '';
  let bits = 0;
  let count = 0;
  for (const byte of bytes) {
    bits = ((bits << 8) | byte) & 0xfff;
    for (count += 8; count >= 5; count -= 5) text += upperDigits.charAt((bits >> (count - 5)) & 31);
  }
  return count === 0 ? text : text + upperDigits.charAt((bits << (5 - count)) & 31);
}

/** The bytes that `textOf` wrote like this; undefined for any other spelling. */
function bytesIn(text: string): Buffer | undefined {
  const bytes = Buffer.alloc(wholeBytes);
  let at = 0;
  let bits = 0;
  let count = 0;
  for (const digit of text) {
    const value = upperValues[digit.charCodeAt(0)] ?? -1;
    if (value < 0) return undefined;
    bits = ((bits << 5) | value) & 0xfff;
    count += 5;
    if (count >= 8) {
      count -= 8;
      bytes[at++] = (bits >> count) & 0xff;
    }
  }
  return textOf(bytes) === text ? bytes : undefined;
}
