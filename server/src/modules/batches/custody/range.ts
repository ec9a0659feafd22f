import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { isRefused, type Refusal, refused } from '../../../kernel/outcome.ts';
import { accepted, type Context } from '../../../platform/executor/useCase.ts';
import type { Change, Find } from '../../../platform/executor/workingSet.ts';
import { holdingsOf, moved, type Range, type Spot, serialText } from '../../cards/index.ts';
import { storeById } from '../../merchants/index.ts';
import { type Batch, batchById, lastSerialOf } from '../batch.ts';

/** `from` and `to`: the first and the last card, as their serial numbers. */
export type RangeInput = { readonly batchId: string; readonly from: bigint; readonly to: bigint };

/** The batch of a range, and where its cards are. */
export function custodyOf({ batchId }: RangeInput, find: Find) {
  const batch = find.one(batchById, batchId);
  return { batch, holdings: batch ? find.all(holdingsOf, batch.id) : [] };
}

/** A range that goes to a store, or comes from it. */
export type StoreRangeInput = RangeInput & { readonly storeId: string };

/** The same with the store. */
export function custodyWith(input: StoreRangeInput, find: Find) {
  return { ...custodyOf(input, find), store: find.one(storeById, input.storeId) };
}

/** The range, where it is one of printed cards of this batch. */
export function rangeOf(batch: Batch | undefined, { from, to }: RangeInput): Range | Refusal {
  if (!batch) return refused('batch_not_found');
  if (batch.releasedAt === null) return refused('batch_not_released');
  if (from > to || from < batch.firstSerial || to > lastSerialOf(batch))
    return refused('serials_not_of_batch', {
      field: 'from',
      detail: `Its cards are ${serialText(batch.firstSerial)} to ${serialText(lastSerialOf(batch))}.`,
    });
  return { batchId: batch.id, first: from, last: to };
}

/** Notes a move, or says why there is none. */
export function custodyMoved(
  type: string,
  range: Range,
  changes: readonly Change[] | Refusal,
  storeId: string | null,
  { now }: Pick<Context, 'now'>,
) {
  if (isRefused(changes)) return changes;
  const quantity = jsonAmount(range.last - range.first + 1n);
  const serials = { from: serialText(range.first), to: serialText(range.last), quantity };
  return accepted({
    activities: [
      { type, subjectId: range.batchId, ...(storeId === null ? {} : { storeId }), details: serials },
    ],
    changes,
    result: {
      batchId: encodeId('batch', range.batchId),
      ...serials,
      storeId: storeId === null ? null : encodeId('store', storeId),
      at: now.toISOString(),
    },
  });
}

type Move = { readonly type: string; readonly from: Spot; readonly to: Spot };

/** Moves a range between two places, one of them a store's, and notes it. */
export function moveRange(
  { batch, holdings }: Omit<ReturnType<typeof custodyWith>, 'store'>,
  input: StoreRangeInput,
  { type, from, to }: Move,
  context: Pick<Context, 'now'>,
) {
  const range = rangeOf(batch, input);
  if (isRefused(range)) return range;
  return custodyMoved(type, range, moved(holdings, range, from, to, context.now), input.storeId, context);
}
