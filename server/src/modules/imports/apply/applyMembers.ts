import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { isRefused, type Refusal, refused } from '../../../kernel/outcome.ts';
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
import {
  type BroughtMember,
  broughtIn,
  keptBesides,
  type Member,
  memberWithPhone,
  numberFor,
  numberHolders,
} from '../../members/index.ts';
import {
  bringMembership,
  currentOf,
  type Membership,
  mayJoin,
  membershipsOfMember,
  planOf,
  plansIn,
} from '../../memberships/index.ts';
import { merchantById } from '../../merchants/index.ts';
import { bringInPoints, issueRows, type PointsRows, pointsRows } from '../../points/index.ts';
import { bringIn, openingRows } from '../../wallets/index.ts';
import type { MemberRow } from '../columns/memberRow.ts';
import { type Import, importById } from '../import.ts';
import { blockByKey, blockKey, newRow, type Row } from '../row.ts';
import { carriedOut, unreadable } from './carriedOut.ts';
import { keptMember } from './keptMember.ts';

/** A row, hashed and sealed at the edge. */
export type MemberToBring = Pick<
  MemberRow,
  'principal' | 'bonus' | 'bonusUntil' | 'points' | 'membership'
> & {
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

type Known = {
  readonly member: Member;
  readonly lots: readonly Account[];
  readonly points: PointsRows;
  /** What they have of a plan, where the row brings another. */
  readonly memberships: readonly Membership[];
};

function knownBy({ person, membership }: MemberToBring, find: Find): Known | undefined {
  const member = memberWithPhone(person.phoneHashes, find);
  if (!member) return undefined;
  return {
    member,
    lots: find.all(accountsOf, ownerAnd(member.id, 'wallet')),
    points: pointsRows(member.id, find),
    memberships: membership === null ? [] : find.all(membershipsOfMember, member.id),
  };
}

const needs = ({ id, n, members }: ApplyInput, find: Find) => ({
  before: find.one(importById, id),
  block: find.one(blockByKey, blockKey(id, n)),
  opening: openingRows(find),
  issue: issueRows(find),
  known: members.map((one) => knownBy(one, find)),
  holders: members.map((one) => numberHolders(one.person.cardNumbers, find)),
  plans: members.some(({ membership }) => membership !== null) ? plansIn(find) : [],
  zone: find.one(merchantById, find.merchantId)?.timezone ?? 'UTC',
});

type Standing = Omit<ReturnType<typeof needs>, 'before' | 'block' | 'known' | 'holders'> & {
  /** Whose the card numbers are, with those who came before in the block. */
  readonly holders: Map<string, Member>;
  readonly before: Import;
  readonly n: number;
  readonly book: Book;
  readonly context: Context;
};
type Brought = {
  readonly row: Row;
  readonly activities: readonly ActivityDraft[];
  readonly changes: readonly Change[];
};

/** Makes members of the rows of a block, and puts on their wallets what they had; each row stands or falls by itself. */
export const applyMembers = useCase({
  name: 'import.apply_members',
  permission: 'system',
  movesValue: false,
  needs,
  decide({ before, block, known, holders, ...rows }, { n, members, unread }, context) {
    if (before?.state !== 'applying' || block?.state !== 'staged') return { unchanged: '{}' };
    const accounts = known.flatMap((one) => (one ? [...one.lots, ...one.points.accounts] : []));
    const book = openBook([...rows.opening.accounts, ...rows.issue.accounts, ...accounts], context.now);
    const numbers = new Map(holders.flatMap((some) => [...some]));
    const standing: Standing = { ...rows, holders: numbers, before, n, book, context };
    const activities: ActivityDraft[] = [];
    const made: Row[] = [...unreadable(before.id, n, unread)];
    const changes: Change[] = [];
    for (const [place, one] of members.entries()) {
      const brought = bring(one, known[place], standing, activities.length);
      made.push(brought.row);
      changes.push(...brought.changes);
      activities.push(...brought.activities);
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
    const skipped = newRow({ ...facts, outcome: 'skipped', subjectId: known.member.id });
    return { row: skipped, activities: [], changes: [] };
  }
  const cardNumber = known ? '' : numberFor(one.person.cardNumbers, standing.holders);
  if (isRefused(cardNumber)) {
    const refusal = newRow({ ...facts, outcome: 'refused', code: cardNumber.refused });
    return { row: refusal, activities: [], changes: [] };
  }
  const fresh = known ? undefined : broughtIn(one.person, cardNumber, context.seq(nth), context);
  const member = known?.member ?? fresh?.member;
  if (!member) throw new Error('a row is of somebody');
  const card = cardOf(one, member.id, known, standing);
  const value = isRefused(card) ? card : worthOf(one, member.id, known, standing);
  const postings = isRefused(value) ? value : book.post(value.transfers);
  if (isRefused(card) || isRefused(value) || isRefused(postings)) {
    const code = isRefused(postings) ? postings.refused : null;
    return { row: newRow({ ...facts, outcome: 'refused', code }), activities: [], changes: [] };
  }
  if (fresh) standing.holders.set(cardNumber, fresh.member);
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
    before: keptMember(fresh?.member, card?.id ?? null),
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
      ...(fresh && keptBesides(one.person.profile, one.person.fields)),
    },
    postings,
  };
  return {
    row,
    activities: card ? [activity, card.activity] : [activity],
    changes: [...(fresh?.changes ?? []), ...(card ? [card.change] : []), ...value.changes],
  };
}

/** The membership that a row brings; refused where the member has one that is not over. */
function cardOf(
  { membership }: MemberToBring,
  memberId: string,
  known: Known | undefined,
  { plans, zone, context }: Standing,
): ReturnType<typeof bringMembership> | Refusal | undefined {
  if (membership === null) return undefined;
  const { planId, planVersion, firstDay, lastDay } = membership;
  const held = mayJoin(currentOf(known?.memberships ?? []), context.now);
  if (held) return held;
  const plan = planOf(plans, planId, planVersion);
  if (!plan) return refused('membership_plan_not_found');
  return bringMembership({ memberId, plan, firstDay, lastDay, zone }, context);
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
