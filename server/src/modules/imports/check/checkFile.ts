import { hash } from 'node:crypto';
import { jsonAmount } from '../../../kernel/money.ts';
import { read, writeAside } from '../../../platform/db/read.ts';
import type { Db } from '../../../platform/db/statement.ts';
import { lookUp } from '../../../platform/executor/lookUp.ts';
import type { SheetRow } from '../../../platform/files/sheet.ts';
import { catalogSql, productBySku } from '../../catalog/index.ts';
import { membersSql, memberWithPhone, numberHolders } from '../../members/index.ts';
import { currentOf, mayJoin, membershipsOfMember, membershipsSql } from '../../memberships/index.ts';
import { type GoodsRow, goodsRow } from '../columns/goodsRow.ts';
import { type MemberRow, memberRow, type RowProblem } from '../columns/memberRow.ts';
import { type Reading, readingOf } from '../columns/reading.ts';
import type { Found, Import } from '../import.ts';
import { type FileParts, rowsOf } from '../upload/file.ts';
import {
  claimCheck,
  forgetCheck,
  forgetSeen,
  moveCheck,
  type Problem,
  type Progress,
  putProblems,
  seeKeys,
} from './store.ts';

type Checked = Import & { readonly merchantId: string };

const begun: Omit<Progress, 'checks'> = {
  blocks: 0,
  done: 0,
  good: 0,
  known: 0,
  principal: 0n,
  bonus: 0n,
  points: 0n,
};

/** Looks through some blocks of a file: how many it was, and, once it is through, what was found. */
export async function checkFile(
  parts: FileParts,
  one: Checked,
  signal: AbortSignal,
  blocksMax: number,
): Promise<{ readonly looked: number; readonly found?: Found }> {
  const { merchantId, blocks } = one;
  const reading = await read(parts.readers, merchantId, (db) => readingOf(db, merchantId, one));
  let looked = 0;
  while (looked < blocksMax && !signal.aborted) {
    const progress = await checkBlock(parts, one, reading);
    if (!progress) break;
    looked++;
    if (progress.blocks >= blocks) return { looked, found: foundIn(progress) };
  }
  return { looked };
}

function foundIn({ done, good, known, principal, bonus, points }: Progress): Found {
  return {
    good,
    known,
    bad: done - good,
    principal: jsonAmount(principal),
    bonus: jsonAmount(bonus),
    points: jsonAmount(points),
  };
}

/** One block in one transaction: a kill leaves it looked through or not at all. Undefined: another process has the file. */
function checkBlock(parts: FileParts, one: Checked, reading: Reading): Promise<Progress | undefined> {
  const { merchantId, id } = one;
  return writeAside(parts.writers, merchantId, async (db) => {
    const claimed = await claimCheck(db, merchantId, id);
    if (!claimed) return undefined;
    const isAnew = claimed.checks !== one.checks;
    if (isAnew) await forgetCheck(db, merchantId, id);
    const before = isAnew ? { ...begun, checks: one.checks } : claimed;
    if (before.blocks >= one.blocks) return before;
    const sheet = await rowsOf(parts, merchantId, id, before.blocks);
    const after = await look(db, parts, one, reading, sheet, before);
    if (after.blocks === one.blocks) await forgetSeen(db, merchantId, id);
    await moveCheck(db, merchantId, id, after);
    return after;
  });
}

type Keyed = {
  readonly number: number;
  readonly keys: readonly string[];
  readonly row: MemberRow | GoodsRow;
};

async function look(
  db: Db,
  parts: FileParts,
  one: Checked,
  reading: Reading,
  sheet: readonly SheetRow[],
  before: Progress,
): Promise<Progress> {
  const { merchantId, id } = one;
  const problems: Problem[] = [];
  const keyed: Keyed[] = [];
  const keyColumn = (one.kind === 'members' ? one.mapping.phone : one.mapping.sku) ?? 0;
  const inBlock = new Set<string>();
  const twice = (number: number, nthKey: number) => {
    const column = nthKey === 0 ? keyColumn : (one.mapping.cardNumber ?? 0);
    problems.push({ number, column, code: 'twice_in_file' });
  };
  for (const { number, cells } of sheet) {
    const row =
      one.kind === 'members' ? memberRow(cells, reading) : goodsRow(cells, reading, reading.categories);
    if (isProblems(row)) {
      problems.push(...row.map((problem) => ({ number, ...problem })));
      continue;
    }
    const keys = keysOf(parts, merchantId, row);
    const known = keys.findIndex((key) => inBlock.has(key));
    if (known >= 0) twice(number, known);
    else keyed.push({ number, keys, row });
    for (const key of keys) inBlock.add(key);
  }
  const fresh = await seeKeys(
    db,
    merchantId,
    id,
    keyed.flatMap(({ keys }) => keys),
  );
  const once = keyed.filter(({ keys }) => keys.every((key) => fresh.has(key)));
  for (const { number, keys } of keyed) {
    const known = keys.findIndex((key) => !fresh.has(key));
    if (known >= 0) twice(number, known);
  }
  const there = await knownAmong(db, parts, reading.now, merchantId, once);
  const isTaken = ({ number }: Keyed) => there.get(number) === 'number_taken';
  for (const { number } of once.filter(isTaken)) {
    problems.push({ number, column: one.mapping.cardNumber ?? 0, code: 'card_number_taken' });
  }
  const isHeld = ({ number }: Keyed) => one.existing === 'update' && there.get(number) === 'held';
  const good = once.filter((row) => !isHeld(row) && !isTaken(row));
  const known = new Set(good.filter(({ number }) => there.has(number)).map(({ number }) => number));
  for (const { number } of once.filter(isHeld)) {
    problems.push({ number, column: one.mapping.plan ?? 0, code: 'has_membership' });
  }
  await putProblems(db, merchantId, id, before.blocks, problems);
  const brought = good.filter(({ number }) => one.existing === 'update' || !known.has(number));
  const sum = (name: 'principal' | 'bonus' | 'points') =>
    brought.reduce((total, { row }) => total + ('phone' in row ? row[name] : 0n), before[name]);
  return {
    checks: before.checks,
    blocks: before.blocks + 1,
    done: before.done + sheet.length,
    good: before.good + good.length,
    known: before.known + known.size,
    principal: sum('principal'),
    bonus: sum('bonus'),
    points: sum('points'),
  };
}

/** Tells what is wrong with a row from what it says. */
export function isProblems(row: MemberRow | GoodsRow | readonly RowProblem[]): row is readonly RowProblem[] {
  return Array.isArray(row);
}

/** What no other row of the file may have. */
function keysOf({ vault }: FileParts, merchantId: string, row: MemberRow | GoodsRow): readonly string[] {
  if ('sku' in row) return [hash('sha256', row.sku, 'hex')];
  const [phoneHash = ''] = vault.phoneHashes(merchantId, row.phone);
  return row.cardNumber === null ? [phoneHash] : [phoneHash, hash('sha256', `card ${row.cardNumber}`, 'hex')];
}

/**
 * The rows whose member or product is there already; `held`: they have a membership, and the row brings another;
 * `number_taken`: they are new, and another member has the number of their card.
 */
async function knownAmong(
  db: Db,
  { vault }: FileParts,
  now: Date,
  merchantId: string,
  good: readonly Keyed[],
): Promise<ReadonlyMap<number, 'there' | 'held' | 'number_taken'>> {
  const standing = await lookUp([...membersSql, ...membershipsSql, ...catalogSql], db, merchantId, (find) =>
    good.map(({ row }) => {
      if ('sku' in row) return find.one(productBySku, row.sku) && ('there' as const);
      const member = memberWithPhone(vault.phoneHashes(merchantId, row.phone), find);
      if (!member) {
        const holders = numberHolders({ said: row.cardNumber ?? undefined, drawn: [] }, find);
        return holders.size > 0 ? ('number_taken' as const) : undefined;
      }
      const has = row.membership && currentOf(find.all(membershipsOfMember, member.id));
      return has && mayJoin(has, now) ? ('held' as const) : ('there' as const);
    }),
  );
  return new Map(good.flatMap(({ number }, place) => (standing[place] ? [[number, standing[place]]] : [])));
}
