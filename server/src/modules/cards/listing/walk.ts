import type { Db } from '../../../platform/db/statement.ts';
import type { ReadContext } from '../../../platform/http/route.ts';
import { listed } from '../reading/shown.ts';
import { type CardFilterIn, filterOf } from './query.ts';
import { changedSince, selectCards } from './store.ts';

/** Cards of a filter in the order of their serial numbers, from after one, as lists show them to this reader. */
export async function cardsAfter(
  db: Db,
  query: CardFilterIn,
  afterSerial: bigint,
  limit: number,
  { merchantId, actor, now }: ReadContext,
) {
  const reading = {
    filter: filterOf(query, actor.storeIds),
    changed: await changedSince(db, merchantId, now),
    now,
  };
  const after = { back: false, key: afterSerial, serial: afterSerial };
  const cards = await selectCards(db, merchantId, reading, { sort: 'serial', way: 'asc', after, limit });
  return cards.map((card) => ({ card, shown: listed(card, now) }));
}
