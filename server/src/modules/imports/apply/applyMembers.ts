import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { isRefused, type Refusal } from '../../../kernel/outcome.ts';
import type { ActivityDraft } from '../../../platform/executor/activity.ts';
import { accepted, type Context, useCase } from '../../../platform/executor/useCase.ts';
import type { Change, Find } from '../../../platform/executor/workingSet.ts';
import {
  type Account,
  accountsOf,
  type Book,
  openBook,
  ownerAnd,
  type Transfer,
} from '../../ledger/index.ts';
import { type BroughtMember, broughtIn, type Member, memberWithPhone } from '../../members/index.ts';
import { bringInPoints, issueRows, type PointsRows, pointsRows } from '../../points/index.ts';
import { bringIn, openingRows } from '../../wallets/index.ts';
import type { MemberRow } from '../columns/memberRow.ts';
import { type Import, importById } from '../import.ts';
import { blockByKey, blockKey, newRow, type Row } from '../row.ts';
import { carriedOut, unreadable } from './carriedOut.ts';

/** A row, hashed and sealed at the edge. */
export type MemberToBring = Pick<MemberRow, 'principal' | 'bonus' | 'bonusUntil' | 'points'> & {
  readonly number: number;
  readonly person: BroughtMember;
};

type ApplyInput = {
  readonly id: string;
  readonly n: number;
  readonly members: readonly MemberToBring[];
  /** Rows that were good when they were looked at and can no longer be read. */
  readonly unread: readonly number[];
};

type Known = { readonly member: Member; readonly lots: readonly Account[]; readonly points: PointsRows };

function knownBy({ person }: MemberToBring, find: Find): Known | undefined {
  const member = memberWithPhone(person.phoneHashes, find);
  if (!member) return undefined;
  return {
    member,
    lots: find.all(accountsOf, ownerAnd(member.id, 'wallet')),
    points: pointsRows(member.id, find),
  };
}

const needs = ({ id, n, members }: ApplyInput, find: Find) => ({
  before: find.one(importById, id),
  block: find.one(blockByKey, blockKey(id, n)),
  opening: openingRows(find),
  issue: issueRows(find),
  known: members.map((one) => knownBy(one, find)),
});

type Standing = Omit<ReturnType<typeof needs>, 'before' | 'block' | 'known'> & {
  readonly before: Import;
  readonly n: number;
  readonly book: Book;
  readonly context: Context;
};
type Brought = { readonly row: Row; readonly activity?: ActivityDraft; readonly changes: readonly Change[] };

/** Makes members of the rows of a block, and puts on their wallets what they had; each row stands or falls by itself. */
export const applyMembers = useCase({
  name: 'import.apply_members',
  permission: 'system',
  movesValue: false,
  needs,
  decide({ before, block, opening, issue, known }, { n, members, unread }, context) {
    if (before?.state !== 'applying' || block?.state !== 'staged') return { unchanged: '{}' };
    const accounts = known.flatMap((one) => (one ? [...one.lots, ...one.points.accounts] : []));
    const book = openBook([...opening.accounts, ...issue.accounts, ...accounts], context.now);
    const standing: Standing = { opening, issue, before, n, book, context };
    const activities: ActivityDraft[] = [];
    const made: Row[] = [...unreadable(before.id, n, unread)];
    const changes: Change[] = [];
    for (const [place, one] of members.entries()) {
      const brought = bring(one, known[place], standing, activities.length);
      made.push(brought.row);
      changes.push(...brought.changes);
      if (brought.activity) activities.push(brought.activity);
    }
    const moved = carriedOut(before, block, made, context.now);
    return accepted({
      activities: [...activities, ...moved.activities],
      changes: [...changes, ...book.changes(), ...moved.changes],
      result: {},
    });
  },
});

/** One row. `nth`: which of the command's entries in the log is about it. */
function bring(one: MemberToBring, known: Known | undefined, standing: Standing, nth: number): Brought {
  const { before, n, book, context } = standing;
  const { number } = one;
  const facts = { importId: before.id, number, block: n };
  if (known && before.existing === 'skip') {
    return { row: newRow({ ...facts, outcome: 'skipped', subjectId: known.member.id }), changes: [] };
  }
  const fresh = known ? undefined : broughtIn(one.person, context.seq(nth), context);
  const member = known?.member ?? fresh?.member;
  if (!member) throw new Error('a row is of somebody');
  const value = worthOf(one, member.id, known, standing);
  const postings = isRefused(value) ? value : book.post(value.transfers);
  if (isRefused(value) || isRefused(postings)) {
    const code = isRefused(value) ? value.refused : isRefused(postings) ? postings.refused : null;
    return { row: newRow({ ...facts, outcome: 'refused', code }), changes: [] };
  }
  const { principal, bonus, points } = one;
  const row = newRow({
    ...facts,
    outcome: known ? 'updated' : 'created',
    subjectId: member.id,
    subjectRevision: member.revision,
    topUpId: value.topUpId,
    principal,
    bonus,
    points,
    pointsLot: value.pointsLot,
  });
  const activity: ActivityDraft = {
    type: 'member.imported',
    subjectId: member.id,
    amount: principal + bonus,
    details: {
      importId: encodeId('imp', before.id),
      row: number,
      isNew: known === undefined,
      principal: jsonAmount(principal),
      bonus: jsonAmount(bonus),
      points: jsonAmount(points),
    },
    postings,
  };
  return { row, activity, changes: [...(fresh?.changes ?? []), ...value.changes] };
}

type Value = {
  readonly transfers: readonly Transfer[];
  readonly changes: readonly Change[];
  readonly topUpId: string | null;
  readonly pointsLot: string | null;
};

/** What a row puts on a wallet and into a purse. */
function worthOf(
  one: MemberToBring,
  memberId: string,
  known: Known | undefined,
  { before, opening, issue, book, context }: Standing,
): Value | Refusal {
  const { principal, bonus, bonusUntil, points } = one;
  const { id: importId, currency } = before;
  const storeId = before.storeId ?? context.merchantId;
  const balance = { memberId, storeId, currency, importId, principal, bonus, bonusUntil };
  const money =
    principal + bonus === 0n ? undefined : bringIn(opening, known?.lots ?? [], book, balance, context);
  if (isRefused(money)) return money;
  const purse = known?.points ?? { ...issue, memberId };
  const collected = points === 0n ? undefined : bringInPoints(purse, { points, importId }, book, context);
  return {
    transfers: [...(money?.transfers ?? []), ...(collected?.transfers ?? [])],
    changes: money?.changes ?? [],
    topUpId: money?.topUp.id ?? null,
    pointsLot: collected?.lot ?? null,
  };
}
