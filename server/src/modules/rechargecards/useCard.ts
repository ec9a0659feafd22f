import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { isRefused, refused } from '../../kernel/outcome.ts';
import { accepted, type Context, useCase } from '../../platform/executor/useCase.ts';
import { type Find, put } from '../../platform/executor/workingSet.ts';
import { openBook } from '../ledger/index.ts';
import { memberAt } from '../members/index.ts';
import { merchantById } from '../merchants/index.ts';
import { load, loadRows } from '../wallets/index.ts';
import { mayUse, rechargeCards } from './card.ts';
import { maskNumber } from './number.ts';
import { pairRows, recognisePair } from './recognise.ts';
import type { PresentedPair } from './secrets.ts';

/** The tender that a recharge card is: filled where it is sold, emptied where it is used. */
export const rechargeTender = 'recharge_card';

export type UseCardInput = {
  readonly memberId: string;
  readonly presented: PresentedPair;
  /** Where it is done at a counter. */
  readonly storeId: string | undefined;
};

function needs({ memberId, presented }: UseCardInput, find: Find) {
  const pair = pairRows(presented, find);
  const storeId = pair.card?.soldStoreId ?? pair.batch?.storeId ?? undefined;
  return {
    ...pair,
    merchant: find.one(merchantById, find.merchantId),
    member: memberAt(memberId, find),
    wallet: loadRows(memberId, storeId, find),
  };
}

function decide(
  { member, merchant, wallet, ...pair }: ReturnType<typeof needs>,
  { presented, storeId }: UseCardInput,
  context: Context,
) {
  const { now, merchantId } = context;
  if (!member || !merchant) return refused('member_not_found');
  const found = recognisePair(pair, presented, context, storeId);
  if (!('card' in found)) return found;
  const { card, batch } = found;
  const unable = mayUse(card, batch, merchant.timezone, now);
  if (unable) return unable;
  const book = openBook(wallet.accounts, now);
  const loaded = load(
    wallet,
    book,
    {
      memberId: member.id,
      storeId: card.soldStoreId ?? batch.storeId ?? merchantId,
      merchantAnswers: card.merchantAnswers,
      currency: batch.currency,
      tender: rechargeTender,
      reference: maskNumber(card.number),
      sourceId: card.id,
      principal: batch.faceValue,
      paid: batch.salePrice,
      bonus: batch.bonus,
    },
    context,
  );
  if (isRefused(loaded)) return loaded;
  const postings = book.post(loaded.transfers);
  if (isRefused(postings)) return postings;
  const amount = batch.faceValue;
  const details = { memberId: encodeId('mem', member.id), bonus: jsonAmount(batch.bonus) };
  return accepted({
    activities: [{ type: 'recharge_card.used', subjectId: card.id, storeId, amount, details, postings }],
    changes: [
      put(rechargeCards, { ...card, state: 'used', tries: 0, usedBy: member.id, usedAt: now }),
      ...loaded.changes,
      ...book.changes(),
    ],
    result: {
      id: encodeId('act', context.activityId()),
      memberId: encodeId('mem', member.id),
      maskedNumber: maskNumber(card.number),
      currency: batch.currency,
      amount: jsonAmount(amount),
      bonus: jsonAmount(batch.bonus),
      createdAt: now.toISOString(),
    },
  });
}

/** Puts a recharge card's worth on a member's wallet, once, at a counter; the card is void from then on. */
export const useRechargeCard = useCase({
  name: 'recharge_card.use',
  permission: 'rechargecards.use',
  movesValue: true,
  storeOf: ({ storeId }: UseCardInput) => storeId,
  needs,
  decide,
});

/** The same by the member, on a phone. */
export const useOwnRechargeCard = useCase({
  name: 'wallet.useRechargeCard',
  permission: 'wallet',
  movesValue: true,
  needs,
  decide,
});
