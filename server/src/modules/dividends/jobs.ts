import { assert } from '../../kernel/assert.ts';
import { newId } from '../../kernel/id.ts';
import { amountOf } from '../../kernel/money.ts';
import { startOfDay, validUntil } from '../../kernel/time.ts';
import type { Pool } from '../../platform/db/connection.ts';
import { allMerchants, read, writeAside } from '../../platform/db/read.ts';
import type { Db } from '../../platform/db/statement.ts';
import type { UseCase } from '../../platform/executor/useCase.ts';
import type { Job } from '../../platform/jobs/runner.ts';
import { firstSeqSince } from '../ledger/index.ts';
import { readMerchant } from '../merchants/index.ts';
import { noteCounted } from './decide.ts';
import { type Dividend, partsOf, poolOf, type Weight } from './dividend.ts';
import { payShares } from './pay.ts';
import {
  dividendsIn,
  dueShares,
  equalWeights,
  movedWeights,
  type Period,
  readDividend,
  salesIn,
  sharesOf,
  writeShares,
} from './store.ts';

type Parts = {
  readonly readers: Pool;
  readonly writers: Pool;
  /** Runs a use case of a merchant as the system. */
  readonly asSystem: <I, R, O>(merchantId: string, useCase: UseCase<I, R, O>, input: I) => Promise<unknown>;
};

const atOnceMax = 10;
/** Members whose shares are credited by one command. */
const sharesAtOnce = 100;
/** Commands in a row for one dividend. */
const turnsMax = 20;

/** Counts dividends that were asked for, and credits those that were approved. */
export function dividendJobs(parts: Parts): readonly Job[] {
  return [
    {
      name: 'dividends.count',
      everyMs: 1_000,
      async run() {
        const work = await read(parts.readers, allMerchants, (db) => dividendsIn(db, 'counting', atOnceMax));
        for (const { merchantId, id } of work) await count(parts, merchantId, id);
        return work.length === atOnceMax;
      },
    },
    {
      name: 'dividends.pay',
      everyMs: 1_000,
      async run(signal) {
        const work = await read(parts.readers, allMerchants, (db) => dividendsIn(db, 'approved', atOnceMax));
        let more = false;
        for (const { merchantId, id } of work) {
          for (let turn = 0; turn < turnsMax && !signal.aborted; turn++) {
            const memberIds = await read(parts.readers, merchantId, (db) =>
              dueShares(db, merchantId, id, sharesAtOnce),
            );
            if (memberIds.length === 0) break;
            await parts.asSystem(merchantId, payShares, { id, memberIds });
            more = memberIds.length === sharesAtOnce;
          }
        }
        return more;
      },
    },
  ];
}

/** Counts once: where its shares stand already, a process ended between these two steps. */
async function count({ writers, asSystem }: Parts, merchantId: string, id: string): Promise<void> {
  const counted = await writeAside(writers, merchantId, async (db) => {
    const dividend = await readDividend(db, merchantId, id);
    if (!dividend) return undefined;
    const period = await periodOf(db, merchantId, dividend);
    const base = await baseOf(db, merchantId, dividend, period);
    if ((await sharesOf(db, merchantId, id)).members === 0n) {
      const weights = await weightsOf(db, merchantId, dividend, period);
      await writeShares(db, merchantId, id, partsOf(poolOf(dividend.source, base), weights));
    }
    return { id, base, ...(await sharesOf(db, merchantId, id)) };
  });
  if (counted) await asSystem(merchantId, noteCounted, counted);
}

type Span = Period & { readonly end: Date };

async function periodOf(db: Db, merchantId: string, { firstDay, lastDay }: Dividend): Promise<Span> {
  const merchant = await readMerchant(db, merchantId);
  assert(merchant !== undefined, 'a dividend has its merchant');
  const begin = startOfDay(firstDay, merchant.timezone);
  const end = validUntil({ type: 'until', date: lastDay }, begin, merchant.timezone);
  assert(end !== null, 'a period ends');
  return {
    since: await firstSeqSince(db, merchantId, begin),
    until: await firstSeqSince(db, merchantId, end),
    end,
  };
}

async function baseOf(db: Db, merchantId: string, { source, currency }: Dividend, period: Period) {
  if (source.kind === 'sum') return amountOf(source.amount);
  if (source.kind === 'profit') return amountOf(source.profit);
  const sales = await salesIn(db, merchantId, currency, period);
  return sales < 0n ? 0n : sales;
}

function weightsOf(
  db: Db,
  merchantId: string,
  { weighing: { by, least, given } }: Dividend,
  period: Span,
): Promise<readonly Weight[]> {
  if (by === 'given') {
    return Promise.resolve(given.map(({ memberId, weight }) => ({ memberId, weight: amountOf(weight) })));
  }
  if (by === 'equal') {
    // Ids are ordered by time: no member who enrolled before the end has a later one than this.
    return equalWeights(
      db,
      merchantId,
      newId(period.end, (bytes) => Buffer.alloc(bytes)),
    );
  }
  return movedWeights(db, merchantId, by, period, amountOf(Math.max(least, 1)));
}
