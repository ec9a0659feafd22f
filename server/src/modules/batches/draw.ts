import type { KeyObject } from 'node:crypto';
import { assert } from '../../kernel/assert.ts';
import {
  type CardKeys,
  codeHash,
  displayCode,
  drawCard,
  type GeneratedCard,
  pinHash,
  type Releasable,
  secretKey,
  serialText,
} from '../cards/index.ts';

/** The keys that new cards are hashed with. A card keeps one version number, so it means the same key of both rings. */
export type IssuingKeys = { readonly version: number; readonly code: KeyObject; readonly pin: KeyObject };

/** The newest keys of the rings. Throws where the PIN ring lacks the code ring's version. */
export function issuingKeys({ code, pin }: Pick<CardKeys, 'code' | 'pin'>): IssuingKeys {
  const version = code.current;
  const codeKey = code.keys.get(version);
  const pinKey = pin.keys.get(version);
  assert(
    codeKey !== undefined && pinKey !== undefined,
    `the key file has version ${version} of both card keys`,
  );
  return { version, code: secretKey(codeKey), pin: secretKey(pinKey) };
}

/** What the cards of a batch are drawn from. */
export type Source = {
  readonly merchantId: string;
  readonly hasPin: boolean;
  /** The batch's own key. */
  readonly dataKey: KeyObject;
};

/** The cards with these serials, as they are stored: the same at every call, but for their ids. */
export function drawCards(
  { merchantId, hasPin, dataKey }: Source,
  keys: IssuingKeys,
  serials: readonly bigint[],
  draw: number,
  newCardId: () => string,
): GeneratedCard[] {
  return serials.map((serial) => {
    const { code, pin } = drawCard(dataKey, serial, draw);
    const hash = codeHash(keys.code, merchantId, code);
    return {
      id: newCardId(),
      serial,
      codeHash: hash,
      pinHash: hasPin ? pinHash(keys.pin, hash.toString('hex'), pin) : null,
      last4: code.slice(-4),
    };
  });
}

export const csvHeader = 'serial,code,pin,faceValue\n';

/** Cards as lines for the printer: only digits, letters and hyphens, none first, so no program reads a formula in them. */
export function csvLines({ hasPin, dataKey }: Source, cards: readonly Releasable[]): string {
  return cards
    .map(({ serial, draw, faceValue }) => {
      const { code, pin } = drawCard(dataKey, serial, draw);
      return `${serialText(serial)},${displayCode(code)},${hasPin ? pin : ''},${faceValue}\n`;
    })
    .join('');
}
