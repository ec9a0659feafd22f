import { isRefused, refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { accountsOf, openBook, ownerAnd } from '../ledger/index.ts';
import { merchantById } from '../merchants/index.ts';
import { rechargeBatchById } from './batch/batch.ts';
import { rechargeCardAnswer, rechargeCardAt, rechargeCards } from './card.ts';
import { rechargeTender } from './useCard.ts';

type VoidInput = { readonly cardId: string; readonly reason: string };

/** Makes a card worthless. What was paid for a sold one goes to the merchant's account of voided value. */
export const voidRechargeCard = useCase({
  name: 'recharge_card.void',
  permission: 'rechargecards.void',
  movesValue: true,
  needs({ cardId }: VoidInput, find) {
    const card = rechargeCardAt(cardId, find);
    const storeId = card?.soldStoreId ?? undefined;
    return {
      card,
      batch: card && find.one(rechargeBatchById, card.batchId),
      merchant: find.one(merchantById, find.merchantId),
      accounts: [
        ...(storeId === undefined ? [] : find.all(accountsOf, ownerAnd(storeId, 'tender'))),
        ...find.all(accountsOf, ownerAnd(find.merchantId, 'voided')),
      ],
    };
  },
  ownerStoreOf: ({ card }) => card?.soldStoreId ?? (card ? null : undefined),
  secondPerson: {
    kind: 'void',
    by: 'carry',
    amountOf: ({ card, batch }) => (card?.state === 'sold' ? batch?.faceValue : undefined) ?? 0n,
  },
  decide({ card, batch, merchant, accounts }, { reason }, context) {
    if (!card || !batch || !merchant) return refused('recharge_card_not_found');
    if (card.state === 'used') return refused('recharge_card_used');
    if (card.state === 'void') return refused('recharge_card_void');
    const book = openBook(accounts, context.now);
    const asset = batch.currency;
    const { soldStoreId } = card;
    const postings =
      soldStoreId === null || batch.salePrice === 0n
        ? []
        : book.post([
            {
              from: book.account({ ownerId: soldStoreId, purpose: 'tender', detail: rechargeTender, asset }),
              to: book.account({ ownerId: context.merchantId, purpose: 'voided', asset }),
              amount: batch.salePrice,
            },
          ]);
    if (isRefused(postings)) return postings;
    const voided = { ...card, state: 'void' as const };
    return accepted({
      activities: [{ type: 'recharge_card.voided', subjectId: card.id, details: { reason }, postings }],
      changes: [put(rechargeCards, voided), ...book.changes()],
      result: rechargeCardAnswer(voided, batch, merchant.timezone, context.now),
    });
  },
});
