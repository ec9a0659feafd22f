import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { isRefused, refused } from '../../../kernel/outcome.ts';
import type { Posting } from '../../../platform/executor/activity.ts';
import { accepted, type Context, useCase } from '../../../platform/executor/useCase.ts';
import type { Find } from '../../../platform/executor/workingSet.ts';
import { openBook } from '../../ledger/index.ts';
import { memberAt } from '../../members/index.ts';
import { schemeAt } from '../scheme/version.ts';
import { purseAnswer } from './answer.ts';
import { give } from './give.ts';
import { current, pointsRows } from './purse.ts';
import { sharesOf } from './spend.ts';

export type TransferPointsInput = {
  readonly fromId: string;
  readonly toId: string;
  readonly points: bigint;
};

const needs = ({ fromId, toId }: TransferPointsInput, find: Find) => ({
  giver: memberAt(fromId, find),
  receiver: memberAt(toId, find),
  from: pointsRows(fromId, find),
  to: pointsRows(toId, find),
});

/** Each lot's part goes into the receiver's lot of the same term: nothing lasts longer for having been given away. */
function decide(
  { giver, receiver, from, to }: ReturnType<typeof needs>,
  { points }: TransferPointsInput,
  { now }: Context,
) {
  if (!giver) return refused('member_not_found');
  if (!receiver) return refused('member_not_found', { field: 'toMemberId' });
  if (!schemeAt(from.versions, now)?.transfer) return refused('points_transfer_off');
  if (giver.id === receiver.id) return refused('points_to_self', { field: 'toMemberId' });
  const shares = sharesOf(from, points, now);
  if (isRefused(shares)) return shares;
  const book = openBook([...from.accounts, ...to.accounts], now);
  const postings: Posting[] = [];
  for (const { account, amount } of shares) {
    const given = { points: amount, detail: account.detail, from: account };
    const posted = book.post(give(current(to, book), given, book));
    if (isRefused(posted)) return posted;
    postings.push(...posted);
  }
  return accepted({
    activities: [
      {
        type: 'points.transferred',
        subjectId: giver.id,
        details: { points: jsonAmount(points), to: encodeId('mem', receiver.id) },
        postings,
      },
    ],
    changes: book.changes(),
    result: purseAnswer(current(from, book), now),
  });
}

/** Gives a member's points to another, for them: by who may correct both, since no word of theirs is needed for it. */
export const transferPoints = useCase({
  name: 'points.transfer',
  permission: 'points.adjust',
  movesValue: true,
  needs,
  decide,
});
