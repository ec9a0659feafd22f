import { assert } from '../../../kernel/assert.ts';
import { encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { isRefused } from '../../../kernel/outcome.ts';
import type { ActivityDraft } from '../../../platform/executor/activity.ts';
import { accepted, type Context, useCase } from '../../../platform/executor/useCase.ts';
import { type Change, type Find, put } from '../../../platform/executor/workingSet.ts';
import { type Account, accountsOf, type Book, openBook, ownerAnd } from '../../ledger/index.ts';
import { erased, heirOf, memberAt, members } from '../../members/index.ts';
import { isAsBrought, membershipsOfMember, takeBackMembership } from '../../memberships/index.ts';
import { bringBackPoints, issueRows } from '../../points/index.ts';
import { bringBack, broughtRows, openingRows } from '../../wallets/index.ts';
import { readKept, withoutBrought } from '../apply/keptMember.ts';
import { importById } from '../import.ts';
import { blockByKey, blockKey, type Row, rowsOfBlock } from '../row.ts';
import { takenBack } from './takenBack.ts';

type ReverseInput = {
  readonly id: string;
  readonly n: number;
  /** Of the members that the block made: those of whom nothing else is known since. */
  readonly idle: readonly string[];
};

function rowsBehind(row: Row, find: Find) {
  const memberId = row.subjectId ?? '';
  // What they brought may be another's by now, into whom they were merged.
  const heir = row.subjectId === null ? '' : heirOf(memberId, find);
  const kept = readKept(row.before);
  return {
    row,
    member: row.subjectId === null ? undefined : memberAt(memberId, find),
    kept,
    memberships: row.subjectId === null ? [] : find.all(membershipsOfMember, heir),
    ...broughtRows(row.topUpId, find),
    heir,
    purse: row.subjectId === null ? [] : find.all(accountsOf, ownerAnd(heir, 'points')),
  };
}

type Behind = ReturnType<typeof rowsBehind>;

/** Takes back what the rows of a block brought, as far as it is there; members they made and who did nothing since go. */
export const reverseMembers = useCase({
  name: 'import.reverse_members',
  permission: 'system',
  movesValue: false,
  needs: ({ id, n }: ReverseInput, find) => ({
    before: find.one(importById, id),
    block: find.one(blockByKey, blockKey(id, n)),
    opening: openingRows(find),
    issue: issueRows(find),
    brought: find.all(rowsOfBlock, blockKey(id, n)).map((row) => rowsBehind(row, find)),
  }),
  decide({ before, block, opening, issue, brought }, { idle }, context) {
    if (before?.state !== 'reversing' || block?.state !== 'applied') return { unchanged: '{}' };
    const accounts = brought.flatMap(({ lots, purse }) => [...lots, ...purse]);
    const book = openBook([...opening.accounts, ...issue.accounts, ...accounts], context.now);
    const ended = brought.map((one) => takeBack(one, idle, book, context));
    const moved = takenBack(
      before,
      block,
      ended.map(({ row }) => row),
      context.now,
    );
    return accepted({
      activities: [...ended.flatMap(({ activities }) => activities), ...moved.activities],
      changes: [...ended.flatMap(({ changes }) => changes), ...book.changes(), ...moved.changes],
      result: {},
    });
  },
});

type Ended = {
  readonly row: Row;
  readonly activities: readonly ActivityDraft[];
  readonly changes: readonly Change[];
};

function takeBack(one: Behind, idle: readonly string[], book: Book, context: Context): Ended {
  const { row, member, topUp, kept } = one;
  const { merchantId } = context;
  if (row.subjectId === null || (row.outcome !== 'created' && row.outcome !== 'updated')) {
    return { row: { ...row, reversal: 'nothing' }, activities: [], changes: [] };
  }
  const money = topUp && bringBack(topUp, book, merchantId);
  const purse =
    row.pointsLot === null
      ? undefined
      : bringBackPoints(one.heir, { points: row.points, lot: row.pointsLot }, book, merchantId);
  const transfers = [...(money?.transfers ?? []), ...(purse?.transfers ?? [])];
  const postings = book.post(transfers, { evenIfUnusable: true });
  assert(!isRefused(postings), 'what is left of a lot can be taken from it');
  const missing = {
    missingPrincipal: money?.missingPrincipal ?? 0n,
    missingBonus: money?.missingBonus ?? 0n,
    missingPoints: purse?.missing ?? 0n,
  };
  const isWhole = missing.missingPrincipal + missing.missingBonus + missing.missingPoints === 0n;
  const goes =
    row.outcome === 'created' &&
    member?.revision === row.subjectRevision &&
    isWhole &&
    idle.includes(row.subjectId) &&
    one.memberships.every((membership) => membership.id === kept.membershipId && isAsBrought(membership)) &&
    [...one.lots, ...one.purse].every((account) => isEmpty(book.now(account)));
  const imported: ActivityDraft = {
    type: 'member.import_reversed',
    subjectId: row.subjectId,
    amount: -((money?.principal ?? 0n) + (money?.bonus ?? 0n)),
    details: {
      importId: encodeId('imp', row.importId),
      row: row.number,
      missingPrincipal: jsonAmount(missing.missingPrincipal),
      missingBonus: jsonAmount(missing.missingBonus),
      missingPoints: jsonAmount(missing.missingPoints),
    },
    postings,
  };
  const erasure: ActivityDraft = {
    type: 'member.erased',
    subjectId: row.subjectId,
    details: { reason: 'import_reversed' },
  };
  const card = one.memberships.find(({ id }) => id === kept.membershipId);
  const ended = card && takeBackMembership(card, context.now);
  const after = member && (goes ? erased(member) : withoutBrought(member, kept));
  return {
    row: { ...row, ...missing, reversal: goes ? 'withdrawn' : 'taken_back' },
    activities: [imported, ...(ended ? [ended.activity] : []), ...(goes ? [erasure] : [])],
    changes: [
      ...(money?.changes ?? []),
      ...(ended ? [ended.change] : []),
      ...(after && after !== member ? [put(members, after)] : []),
    ],
  };
}

const isEmpty = ({ balance, held }: Account): boolean => balance === 0n && held === 0n;
