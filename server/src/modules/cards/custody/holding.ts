import { type Refusal, refused } from '../../../kernel/outcome.ts';
import { entity, finder } from '../../../platform/executor/entity.ts';
import { type Change, type Find, put } from '../../../platform/executor/workingSet.ts';
import { type Card, serialText } from '../card.ts';

/** Where printed cards are: at HQ, on the way to a store, held by it, or on the way back. */
export const places = ['hq', 'sent', 'held', 'returning'] as const;
export type Place = (typeof places)[number];

/** Cards of a batch that are in one place together. Those of a batch do not overlap, so each card is in one place at most. */
export type Holding = {
  readonly batchId: string;
  readonly first: bigint;
  readonly last: bigint;
  readonly place: Place;
  /** Whose they are, or are to be, or were; null at HQ. */
  readonly storeId: string | null;
  readonly since: Date;
};

export const holdings = entity<Holding>('cardHolding', ({ batchId, first }) => `${batchId}|${first}`);
export const holdingsOf = finder(holdings, 'ofBatch', ({ batchId }) => [batchId]);

/** Whether stores sell only what they hold. */
export type CustodyRule = {
  readonly merchantId: string;
  readonly sellOnlyHeld: boolean;
  readonly updatedAt: Date;
};
export const custodyRules = entity<CustodyRule>('custodyRule', (rule) => rule.merchantId);
export const custodyRuleOf = finder(custodyRules, 'ofMerchant', (rule) => [rule.merchantId]);

export type Range = { readonly batchId: string; readonly first: bigint; readonly last: bigint };
export type Spot = Pick<Holding, 'place' | 'storeId'>;
/** A batch's ranges only ever become finer, so that a row never goes; finer than this nobody keeps apart by hand. */
const holdingsMax = 2_000;

const isIn = ({ first, last }: Range, serial: bigint) => first <= serial && serial <= last;
const isAt = (one: Spot, other: Spot) => one.place === other.place && one.storeId === other.storeId;

/** Moves a range from where all of it is now; refused where any card of it is elsewhere, or nowhere yet. */
export function moved(
  all: readonly Holding[],
  range: Range,
  from: Spot,
  to: Spot,
  now: Date,
): readonly Change[] | Refusal {
  const touched = overlapping(all, range);
  const stray = touched.find((holding) => !isAt(holding, from));
  const gap = gapsIn(touched, range)[0];
  const at = stray ? (stray.first > range.first ? stray.first : range.first) : gap?.first;
  if (at !== undefined)
    return refused('custody_elsewhere', {
      field: 'from',
      detail: `Card ${serialText(at)} is ${stray ? `in the place "${stray.place}"` : 'not received yet'}.`,
    });
  return fewEnough(
    all,
    touched.flatMap((holding) => cut(holding, range, to, now)),
  );
}

/** Takes a range in at HQ: from the printer, or back from stores. Refused where any card of it is there or with a store. */
export function received(all: readonly Holding[], range: Range, now: Date): readonly Change[] | Refusal {
  const hq: Spot = { place: 'hq', storeId: null };
  const touched = overlapping(all, range);
  const known = touched.find(({ place }) => place !== 'returning');
  if (known)
    return refused('custody_received_already', {
      field: 'from',
      detail: `Card ${serialText(known.first > range.first ? known.first : range.first)} is in the place "${known.place}".`,
    });
  const fresh = gapsIn(touched, range).map((gap) => ({ ...gap, ...hq, since: now }));
  return fewEnough(all, [...touched.flatMap((holding) => cut(holding, range, hq, now)), ...fresh]);
}

/** Which of a batch's cards are in no place of this range yet. */
function gapsIn(touched: readonly Holding[], { batchId, first, last }: Range): readonly Range[] {
  const gaps: Range[] = [];
  let next = first;
  for (const holding of touched) {
    if (holding.first > next) gaps.push({ batchId, first: next, last: holding.first - 1n });
    next = holding.last + 1n;
  }
  return next <= last ? [...gaps, { batchId, first: next, last }] : gaps;
}

function overlapping(all: readonly Holding[], range: Range): readonly Holding[] {
  return all
    .filter(({ first, last }) => first <= range.last && last >= range.first)
    .toSorted((one, other) => (one.first < other.first ? -1 : 1));
}

/** A holding as it is afterwards: what lies within the range goes, what lies before and behind it stays. */
function cut(holding: Holding, { first, last }: Range, to: Spot, now: Date): readonly Holding[] {
  const from = holding.first > first ? holding.first : first;
  const until = holding.last < last ? holding.last : last;
  return [
    ...(holding.first < from ? [{ ...holding, last: from - 1n }] : []),
    { ...holding, ...to, first: from, last: until, since: now },
    ...(holding.last > until ? [{ ...holding, first: until + 1n }] : []),
  ];
}

function fewEnough(all: readonly Holding[], rows: readonly Holding[]): readonly Change[] | Refusal {
  const known = new Set(all.map(({ first }) => first));
  if (all.length + rows.filter(({ first }) => !known.has(first)).length > holdingsMax)
    return refused('custody_too_fine');
  return rows.map((row) => put(holdings, row));
}

/** What says whether a store holds these cards: nothing where the merchant does not ask for it. */
export function custodyRows(sold: readonly (Card | undefined)[], find: Find): readonly Holding[] | undefined {
  if (find.one(custodyRuleOf, find.merchantId)?.sellOnlyHeld !== true) return undefined;
  const batchIds = new Set(sold.flatMap((card) => card?.batchId ?? []));
  return [...batchIds].flatMap((batchId) => find.all(holdingsOf, batchId));
}

/** Refuses a card of a batch that the store does not hold, where that is asked for. */
export function notHeld(
  rows: readonly Holding[] | undefined,
  { batchId, serial }: Pick<Card, 'batchId' | 'serial'>,
  storeId: string,
): Refusal | undefined {
  if (rows === undefined || batchId === null) return undefined;
  const holding = rows.find((one) => one.batchId === batchId && isIn(one, serial));
  return holding && isAt(holding, { place: 'held', storeId }) ? undefined : refused('card_not_held_here');
}
