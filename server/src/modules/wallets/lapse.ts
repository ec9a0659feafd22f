import { jsonAmount } from '../../kernel/money.ts';
import { isRefused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { accountsOf, openBook, ownerAnd } from '../ledger/index.ts';
import { leftOf } from './refund/quote.ts';
import { lapsedBy, topUps, topUpsOf } from './topUp/topUp.ts';
import { isLapsed, lapsedPurpose, walletLots } from './wallet.ts';

/**
 * Takes what was given and has ended off a member's wallet, one currency at a time, and closes its lots. What was paid for
 * stays: it can be paid back for as long as it is there. Nothing depends on when it runs: what has ended is not spent.
 */
export const lapseWallet = useCase({
  name: 'wallet.lapse',
  permission: 'system',
  movesValue: false,
  needs: ({ memberId }: { readonly memberId: string }, find) => ({
    lots: walletLots(memberId, find),
    all: find.all(topUpsOf, memberId),
    taken: find.all(accountsOf, ownerAnd(find.merchantId, lapsedPurpose)),
  }),
  decide({ lots, all, taken }, { memberId }, { now, merchantId }) {
    const [first, ...more] = lots.filter(
      (lot) => lot.state === 'open' && lot.held === 0n && isLapsed(lot, now),
    );
    if (!first) return { unchanged: '{}' };
    const { asset } = first;
    const ended = [first, ...more.filter((lot) => lot.asset === asset)];
    const book = openBook([...lots, ...taken], now);
    const to = book.account({ ownerId: merchantId, purpose: lapsedPurpose, asset });
    const swept = ended.filter(({ balance }) => balance > 0n);
    const postings = book.post(
      swept.map((from) => ({ from, to, amount: from.balance })),
      { evenIfUnusable: true },
    );
    if (isRefused(postings)) return postings;
    for (const lot of ended) book.set({ ...book.now(lot), state: 'closed' });
    const amount = swept.reduce((sum, { balance }) => sum + balance, 0n);
    const lost = leftOf(all, ended, now).filter(({ lapsed }) => lapsed > 0n);
    return accepted({
      activities: [
        {
          // Lots that were spent before they ended are closed as well, but nobody lost anything by it.
          type: amount > 0n ? 'wallet.lapsed' : 'wallet.lots_closed',
          subjectId: memberId,
          amount: -amount,
          details: { bonus: jsonAmount(amount), currency: asset },
          postings,
        },
      ],
      changes: [
        ...lost.map(({ topUp, lapsedParts }) => put(topUps, lapsedBy(topUp, lapsedParts))),
        ...book.changes(),
      ],
      result: {},
    });
  },
});
