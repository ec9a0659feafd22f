import { jsonAmount } from '../../../kernel/money.ts';
import { isRefused, refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { openBook } from '../../ledger/index.ts';
import { memberAt } from '../../members/index.ts';
import { termOf } from '../scheme/scheme.ts';
import { schemeAt } from '../scheme/version.ts';
import { purseAnswer } from './answer.ts';
import { give } from './give.ts';
import { current, issueOf, lotDetail, pointsRows } from './purse.ts';
import { take, worthOf } from './spend.ts';

/** The points are signed: positive gives, negative takes. */
export type AdjustPointsInput = {
  readonly memberId: string;
  readonly points: bigint;
  readonly reason: string;
};

const sizeOf = (points: bigint) => (points < 0n ? -points : points);

/** Corrects a member's points, with a reason. */
export const adjustPoints = useCase({
  name: 'points.adjust',
  permission: 'points.adjust',
  movesValue: true,
  needs: ({ memberId }: AdjustPointsInput, find) => ({
    member: memberAt(memberId, find),
    points: pointsRows(memberId, find),
  }),
  secondPerson: {
    kind: 'adjust',
    by: 'carry',
    // What they are worth is money; where they pay nothing each point counts as one minor unit.
    amountOf: ({ points: { versions } }, { points }) => {
      const size = sizeOf(points);
      return worthOf(versions.toSorted((a, b) => b.number - a.number)[0]?.body, size) ?? size;
    },
  },
  decide({ member, points: rows }, { points, reason }, context) {
    if (!member || !rows.merchant) return refused('member_not_found');
    const { now, merchantId } = context;
    const book = openBook(rows.accounts, now);
    const end = issueOf(book, merchantId, 'adjusted');
    const scheme = schemeAt(rows.versions, now);
    const term = scheme
      ? termOf({ ...scheme, pendingDays: 0 }, now, rows.merchant.timezone)
      : { from: null, until: null };
    const moved =
      points > 0n
        ? { transfers: give(rows, { points, detail: lotDetail(term), from: end }, book) }
        : take(rows, -points, end, now);
    if (isRefused(moved)) return moved;
    const postings = book.post(moved.transfers);
    if (isRefused(postings)) return postings;
    const after = purseAnswer(
      current(
        rows,
        book,
        moved.transfers.map(({ to }) => to),
      ),
      now,
    );
    return accepted({
      activities: [
        {
          type: 'points.adjusted',
          subjectId: member.id,
          details: { points: jsonAmount(points), reason, usable: after.usable },
          postings,
        },
      ],
      changes: book.changes(),
      result: after,
    });
  },
});
