import { jsonAmount } from '../../kernel/money.ts';
import { isRefused } from '../../kernel/outcome.ts';
import { accepted, useCase } from '../../platform/executor/useCase.ts';
import { put } from '../../platform/executor/workingSet.ts';
import { accountsOf, openBook, ownerAnd } from '../ledger/index.ts';
import { heirOf, memberNow } from '../members/index.ts';
import {
  type Dividend,
  dividendById,
  dividendShares,
  dividends,
  isOver,
  type Share,
  shareByKey,
  shareKey,
} from './dividend.ts';

type PayInput = { readonly id: string; readonly memberIds: readonly string[] };

/**
 * Credits some shares of an approved dividend to the wallets of their members, each as a lot that the merchant answers
 * for. What is credited is a row of its own by then, so that it is done once however often it is asked for.
 */
export const payShares = useCase({
  name: 'dividend.pay',
  permission: 'system',
  movesValue: false,
  needs: ({ id, memberIds }: PayInput, find) => ({
    dividend: find.one(dividendById, id),
    shares: memberIds.map((memberId) => ({
      share: find.one(shareByKey, shareKey(id, memberId)),
      // Who was merged into another since it was counted is paid there.
      member: memberNow(memberId, find),
      lots: find.all(accountsOf, ownerAnd(heirOf(memberId, find), 'wallet')),
    })),
    source: find.all(accountsOf, ownerAnd(find.merchantId, 'dividend')),
  }),
  decide({ dividend, shares, source }, _input, { now, merchantId }) {
    const due = shares.filter(({ share }) => share?.state === 'due');
    if (dividend?.state !== 'approved' || due.length === 0) return { unchanged: '{}' };
    const { currency: asset, lapsesAt } = dividend;
    const book = openBook([...source, ...due.flatMap(({ lots }) => lots)], now);
    const from = book.account({ ownerId: merchantId, purpose: 'dividend', asset });
    const ended: Share[] = [];
    const transfers = due.flatMap(({ share, member }) => {
      if (!share) return [];
      const isPaid = member !== undefined && !isOver(dividend, now);
      ended.push({ ...share, state: isPaid ? 'paid' : 'skipped' });
      if (!isPaid) return [];
      const to = book.account(
        {
          ownerId: member.id,
          purpose: 'wallet',
          detail: `dividend|${merchantId}||${lapsesAt?.toISOString() ?? ''}`,
          asset,
        },
        { floor: 0n, usableUntil: lapsesAt },
      );
      return [{ from, to, amount: share.amount }];
    });
    const postings = book.post(transfers);
    if (isRefused(postings)) return postings;
    const amount = transfers.reduce((sum, transfer) => sum + transfer.amount, 0n);
    const paidMembers = dividend.paidMembers + BigInt(ended.length);
    const after: Dividend = {
      ...dividend,
      paid: dividend.paid + amount,
      paidMembers,
      state: paidMembers === dividend.members ? 'paid' : 'approved',
      revision: dividend.revision + 1,
    };
    return accepted({
      activities: [
        {
          type: 'dividend.credited',
          subjectId: dividend.id,
          amount,
          details: { members: transfers.length, paid: jsonAmount(after.paid) },
          postings,
        },
      ],
      changes: [
        put(dividends, after),
        ...ended.map((share) => put(dividendShares, share)),
        ...book.changes(),
      ],
      result: {},
    });
  },
});
