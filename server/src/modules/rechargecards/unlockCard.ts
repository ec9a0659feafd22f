import { refused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { merchantById } from '../merchants/index.ts';
import { rechargeBatchById } from './batch/batch.ts';
import { rechargeCardAnswer, rechargeCardAt, rechargeCards } from './card.ts';

/** Lets the password be tried again, after somebody has looked at the card. */
export const unlockRechargeCard = useCase({
  name: 'recharge_card.unlock',
  permission: 'rechargecards.unlock',
  movesValue: false,
  needs({ cardId }: { readonly cardId: string; readonly reason: string }, find) {
    const card = rechargeCardAt(cardId, find);
    return {
      card,
      batch: card && find.one(rechargeBatchById, card.batchId),
      merchant: find.one(merchantById, find.merchantId),
    };
  },
  ownerStoreOf: ({ card }) => card?.soldStoreId ?? (card ? null : undefined),
  decide({ card, batch, merchant }, { reason }, { now }) {
    if (!card || !batch || !merchant) return refused('recharge_card_not_found');
    const unlocked = { ...card, tries: 0 };
    return accepted({
      activities: [
        { type: 'recharge_card.unlocked', subjectId: card.id, details: { reason, tries: card.tries } },
      ],
      changes: [put(rechargeCards, unlocked)],
      result: rechargeCardAnswer(unlocked, batch, merchant.timezone, now),
    });
  },
});
