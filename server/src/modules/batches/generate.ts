import type { Db } from '../../platform/db/statement.ts';
import { type GeneratedCard, insertGenerated } from '../cards/index.ts';
import { drawCards, type IssuingKeys, type Source } from './draw.ts';
import { claim, moveOn, type Work } from './store.ts';

/** A batch that can never be made, however often it is tried. */
export class HopelessBatch extends Error {}

/** By chance one redraw happens in 10^11 cards, so more than a few in a row mean that something is broken. */
const drawsMax = 8;

/** A batch under work: what its cards are drawn from, and the keys they are hashed with. */
export type Making = {
  readonly work: Work;
  readonly source: Source;
  readonly keys: IssuingKeys;
  readonly newCardId: () => string;
};

/** The serials of a chunk: of the cards numbered from `done` on, at most `limit`. */
export function serialsFrom(
  { firstSerial, quantity }: Pick<Work, 'firstSerial' | 'quantity'>,
  done: number,
  limit: number,
): bigint[] {
  const length = Math.max(0, Math.min(limit, quantity - done));
  return Array.from({ length }, (_, n) => firstSerial + BigInt(done + n));
}

/**
 * Adds the cards that were drawn for the place `done` of a batch, and moves its progress on, in the caller's transaction:
 * a kill leaves both or neither. Answers where the batch stands then, which is further off when another process was
 * faster; undefined when one is at it now.
 */
export async function writeChunk(
  db: Db,
  making: Making,
  done: number,
  drawn: readonly GeneratedCard[],
): Promise<number | undefined> {
  const { merchantId, batchId, versionId, faceValue } = making.work;
  const standing = await claim(db, merchantId, batchId);
  if (standing !== done) return standing;
  let cards = drawn;
  for (let draw = 0; cards.length > 0; draw++) {
    if (draw > drawsMax) throw new HopelessBatch(`${cards.length} cards found no code that is not taken`);
    const under = { batchId, versionId, faceValue, keyVersion: making.keys.version, draw };
    const taken = await insertGenerated(db, merchantId, under, cards);
    cards =
      taken.length === 0 ? [] : drawCards(making.source, making.keys, taken, draw + 1, making.newCardId);
  }
  await moveOn(db, merchantId, batchId, done + drawn.length);
  return done + drawn.length;
}
