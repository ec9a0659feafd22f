import type { KeyObject } from 'node:crypto';
import { assert } from '../../../kernel/assert.ts';
import type { KeyRing } from '../../../platform/config/keys.ts';
import { secretKey } from '../../../platform/crypto/seal.ts';
import type { Db } from '../../../platform/db/statement.ts';
import { drawPair, passwordHash } from '../secrets.ts';
import { claimProgress, insertMade, type MadeCard, moveProgress, type RechargeWork } from './store.ts';

/** A batch that can never be made, however often it is tried. */
export class HopelessRechargeBatch extends Error {}

/** Of a million numbers out of 10^10 some fifty are drawn twice, and two of those a third time once in 10^4 batches. */
const drawsMax = 12;

export type Making = {
  readonly work: RechargeWork;
  readonly dataKey: KeyObject;
  readonly version: number;
  readonly passwordKey: KeyObject;
  readonly newCardId: () => string;
};

/** The newest key that passwords are hashed with. */
export function passwordKeyOf(ring: KeyRing): { readonly version: number; readonly passwordKey: KeyObject } {
  const key = ring.keys.get(ring.current);
  assert(key !== undefined, 'a key ring has its current key');
  return { version: ring.current, passwordKey: secretKey(key) };
}

/** The cards with these serials as they are stored. */
export function drawMade(making: Making, serials: readonly bigint[], draw: number): MadeCard[] {
  const { work, dataKey, passwordKey, newCardId } = making;
  return serials.map((serial) => {
    const { number, password } = drawPair(dataKey, work.prefix, serial, draw);
    return {
      id: newCardId(),
      serial,
      number,
      passwordHash: Buffer.from(passwordHash(passwordKey, work.merchantId, number, password), 'hex'),
    };
  });
}

/** The serials from place `done` on, at most `limit`. */
export function serialsAt(
  { quantity }: Pick<RechargeWork, 'quantity'>,
  done: number,
  limit: number,
): bigint[] {
  const length = Math.max(0, Math.min(limit, quantity - done));
  return Array.from({ length }, (_, n) => BigInt(done + n + 1));
}

/**
 * Adds the cards that were drawn for place `done`, and moves the progress on, in the caller's transaction. Answers where the
 * batch stands then; undefined when another process is at it.
 */
export async function writeMade(
  db: Db,
  making: Making,
  done: number,
  drawn: readonly MadeCard[],
): Promise<number | undefined> {
  const { merchantId, batchId } = making.work;
  const standing = await claimProgress(db, merchantId, batchId);
  if (standing !== done) return standing;
  let cards = drawn;
  for (let draw = 0; cards.length > 0; draw++) {
    if (draw > drawsMax)
      throw new HopelessRechargeBatch(`${cards.length} cards found no number that is free`);
    const under = { batchId, keyVersion: making.version, draw };
    const taken = await insertMade(db, merchantId, under, cards);
    cards = taken.length === 0 ? [] : drawMade(making, taken, draw + 1);
  }
  await moveProgress(db, merchantId, batchId, done + drawn.length);
  return done + drawn.length;
}
