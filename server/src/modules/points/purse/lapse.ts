import { jsonAmount } from '../../../kernel/money.ts';
import { isRefused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { openBook } from '../../ledger/index.ts';
import { issueOf, pointsRows, termIn } from './purse.ts';

/** Sweeps a member's lots that have ended, and closes them. Nothing depends on when it runs: what has ended is not spent. */
export const lapsePoints = useCase({
  name: 'points.lapse',
  permission: 'system',
  movesValue: false,
  needs: ({ memberId }: { readonly memberId: string }, find) => pointsRows(memberId, find),
  decide(rows, { memberId }, { now, merchantId }) {
    const ended = rows.accounts.filter(({ ownerId, detail, state }) => {
      const until = termIn(detail)?.until;
      return ownerId === memberId && state === 'open' && until && until <= now;
    });
    if (ended.length === 0) return { unchanged: '{}' };
    const book = openBook(rows.accounts, now);
    const to = issueOf(book, merchantId, 'lapsed');
    const swept = ended.filter(({ balance }) => balance > 0n);
    const postings = book.post(
      swept.map((from) => ({ from, to, amount: from.balance })),
      { evenIfUnusable: true },
    );
    if (isRefused(postings)) return postings;
    for (const account of ended) book.set({ ...book.now(account), state: 'closed' });
    const points = swept.reduce((sum, { balance }) => sum + balance, 0n);
    return accepted({
      activities: [
        { type: 'points.lapsed', subjectId: memberId, details: { points: jsonAmount(points) }, postings },
      ],
      changes: book.changes(),
      result: {},
    });
  },
});
