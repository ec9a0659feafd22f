import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import { isRefused, type Refusal, refused } from '../../kernel/outcome.ts';
import type { ActivityDraft } from '../../platform/executor/activity.ts';
import { accepted, type Context, useCase } from '../../platform/executor/useCase.ts';
import { type Change, type Find, put } from '../../platform/executor/workingSet.ts';
import { accountsOf, openBook, ownerAnd, type Transfer } from '../ledger/index.ts';
import { merchantById, storeById } from '../merchants/index.ts';
import { loadCommission, versionsIn } from '../settlement/index.ts';
import { fundRows, keepCash } from '../storefunds/index.ts';
import { type RechargeBatch, rechargeBatchById } from './batch/batch.ts';
import {
  type RechargeCard,
  rechargeCardByNumber,
  rechargeCardBySerial,
  rechargeCards,
  serialIn,
  shownState,
} from './card.ts';
import { maskNumber } from './number.ts';
import { rechargeTender } from './useCard.ts';

export type SellInput = {
  /** By their numbers, or a range of serials of a batch, both ends with it. */
  readonly numbers: readonly (string | undefined)[];
  readonly range: { readonly batchId: string; readonly from: bigint; readonly to: bigint } | undefined;
  readonly storeId: string;
  readonly payment: { readonly tender: string; readonly amount: bigint; readonly reference: string };
};

type Found = { readonly card: RechargeCard | undefined; readonly batch: RechargeBatch | undefined };

/** Sells recharge cards at a store: they are good from now on, and it owes what they will put on wallets. */
export const sellRechargeCards = useCase({
  name: 'recharge_card.sell',
  permission: 'rechargecards.sell',
  movesValue: true,
  storeOf: ({ storeId }: SellInput) => storeId,
  amountOf: ({ payment }) => payment.amount,
  needs: (input, find) => ({
    found: named(input, find).map(
      (card): Found => ({ card, batch: card && find.one(rechargeBatchById, card.batchId) }),
    ),
    store: find.one(storeById, input.storeId),
    merchant: find.one(merchantById, find.merchantId),
    fund: fundRows(input.storeId, find),
    versions: versionsIn(find),
    tenders: find.all(accountsOf, ownerAnd(input.storeId, 'tender')),
  }),
  decide({ found, store, merchant, fund, versions, tenders }, { storeId, payment }, context) {
    if (!store || !merchant) return refused('store_not_found', { field: 'storeId' });
    if (store.state !== 'open') return refused('store_closed', { field: 'storeId' });
    const sold = sellable(found, merchant.timezone, context);
    if (isRefused(sold)) return sold;
    const [{ batch }] = sold;
    const due = sold.reduce((sum, one) => sum + one.batch.salePrice, 0n);
    if (payment.amount !== due) {
      return refused('payment_mismatch', {
        field: 'payment.amount',
        detail: `The cards cost ${due} together.`,
      });
    }
    const asset = batch.currency;
    const book = openBook([...tenders, ...fund.accounts], context.now);
    const tender = book.account({ ownerId: storeId, purpose: 'tender', detail: payment.tender, asset });
    const owed = book.account({ ownerId: storeId, purpose: 'tender', detail: rechargeTender, asset });
    const commission = loadCommission(versions, { storeId, tender: 'cash', amount: due }, context.now);
    const taken = payment.tender === 'cash' ? { currency: asset, amount: due, commission } : undefined;
    const kept = taken ? keepCash(fund, taken, book, context.merchantId) : [];
    if (isRefused(kept)) return kept;
    const activities: ActivityDraft[] = [];
    const changes: Change[] = [];
    for (const [index, { card, batch: of }] of sold.entries()) {
      const transfers: readonly Transfer[] = [
        { from: tender, to: owed, amount: of.salePrice },
        ...(index === 0 ? kept : []),
      ];
      const postings = book.post(transfers.filter(({ amount }) => amount > 0n));
      if (isRefused(postings)) return postings;
      const amount = of.faceValue;
      const details = {
        tender: payment.tender,
        paymentReference: payment.reference,
        salePrice: jsonAmount(of.salePrice),
      };
      activities.push({ type: 'recharge_card.sold', subjectId: card.id, storeId, amount, details, postings });
      const sale = { soldStoreId: storeId, soldAt: context.now, merchantAnswers: kept.length > 0 };
      changes.push(put(rechargeCards, { ...card, state: 'sold', ...sale }));
    }
    return accepted({
      activities,
      changes: [...changes, ...book.changes()],
      result: {
        id: encodeId('act', context.activityId()),
        sold: sold.length,
        amount: jsonAmount(due),
        currency: asset,
        cards: sold.map(({ card }) => ({
          id: encodeId('rcc', card.id),
          serial: jsonAmount(card.serial),
          maskedNumber: maskNumber(card.number),
        })),
      },
    });
  },
});

function named({ numbers, range }: SellInput, find: Find): readonly (RechargeCard | undefined)[] {
  if (!range) {
    return numbers.map((number) =>
      number === undefined ? undefined : find.one(rechargeCardByNumber, number),
    );
  }
  const cards: (RechargeCard | undefined)[] = [];
  for (let serial = range.from; serial <= range.to; serial++) {
    cards.push(find.one(rechargeCardBySerial, serialIn(range.batchId, serial)));
  }
  return cards;
}

type Sold = { readonly card: RechargeCard; readonly batch: RechargeBatch };

/** All of them, each good to be sold, once; refused for the first that is not. */
function sellable(
  found: readonly Found[],
  zone: string,
  { now, merchantId }: Context,
): readonly [Sold, ...Sold[]] | Refusal {
  const seen = new Set<string>();
  const sold: Sold[] = [];
  for (const [index, { card, batch }] of found.entries()) {
    if (!card || !batch || card.id === merchantId) {
      return refused('recharge_card_not_found', { field: `cards.${index}` });
    }
    const isFresh = shownState(card, batch, zone, now) === 'made' && batch.releasedAt !== null;
    if (!isFresh || seen.has(card.id)) {
      return refused('recharge_card_not_sellable', {
        field: `cards.${index}`,
        detail: `${maskNumber(card.number)} of batch ${batch.prefix}, serial ${card.serial}.`,
      });
    }
    if (batch.currency !== (sold[0]?.batch.currency ?? batch.currency)) return refused('currency_mismatch');
    seen.add(card.id);
    sold.push({ card, batch });
  }
  const [first, ...others] = sold;
  return first ? [first, ...others] : refused('recharge_card_not_found', { field: 'cards' });
}
