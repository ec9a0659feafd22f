import { amountMax } from '../../../kernel/money.ts';
import { hasItsTerms, type Identity } from '../account.ts';
import type { Finding } from './finding.ts';

/** An account beside what its postings and the open holds say of it. */
export type FoundAccount = Identity & {
  readonly id: string;
  readonly balance: bigint;
  readonly held: bigint;
  readonly postings: bigint;
  /** `balance_after` of the posting numbered `postings`; null if there is none. */
  readonly lastBalance: bigint | null;
  /** Whether there are postings beyond that one. */
  readonly hasMore: boolean;
  /** What open holds of its owner reserve on it. Only asked where something is held; the holds are asked the other way. */
  readonly reserved: bigint;
};

/** Checks that an account is what its postings and holds make of it, and within its bounds. */
export function checkAccount(account: FoundAccount): Finding[] {
  const { id: accountId, balance, held, floor, ceiling, postings, lastBalance, reserved } = account;
  const findings: Finding[] = [];
  const derived = postings === 0n ? 0n : lastBalance;
  if (derived === null || account.hasMore) {
    findings.push({
      check: 'account_balance',
      accountId,
      what: `counts ${postings} postings, but has others`,
    });
  } else if (derived !== balance) {
    findings.push({
      check: 'account_balance',
      accountId,
      what: `says ${balance}, its postings make ${derived}`,
    });
  }
  if (held !== reserved) {
    findings.push({
      check: 'account_held',
      accountId,
      what: `holds back ${held}, its open holds ${reserved}`,
    });
  }
  if (!hasItsTerms(account)) {
    findings.push({ check: 'account_terms', accountId, what: 'is not for whom or for what it was opened' });
  }
  const isLow = held < 0n || balance < -amountMax || (floor !== null && balance - held < floor);
  const isHigh = balance > amountMax || (ceiling !== null && balance > ceiling);
  if (isLow || isHigh)
    findings.push({ check: 'account_bounds', accountId, what: `${balance} is out of bounds` });
  return findings;
}

/** A posting that does not follow from the one before it on its account. */
export type BrokenLink = {
  readonly accountId: string;
  readonly accountSeq: bigint;
  readonly activitySeq: bigint;
};

/** Says what is wrong with such a posting. */
export function brokenLink({ accountId, accountSeq, activitySeq }: BrokenLink): Finding {
  const what = `posting ${accountSeq} does not follow from the one before it`;
  return { check: 'posting_chain', accountId, seq: activitySeq, what };
}

export type AssetSum = { readonly asset: string; readonly sum: bigint };

/** Checks that all that one account has, others of the same asset lack. */
export function checkAssets(sums: readonly AssetSum[]): Finding[] {
  return sums
    .filter(({ sum }) => sum !== 0n)
    .map(({ asset, sum }) => ({
      check: 'assets_balanced',
      what: `all accounts in ${asset} sum to ${sum}, not 0`,
    }));
}

export type BrokenHold = { readonly id: string; readonly seq: bigint };

/** Says that a hold contradicts itself. */
export function brokenHold({ id, seq }: BrokenHold): Finding {
  const what = `hold ${id} does not agree with its parts, its accounts, or the entry that ended it`;
  return { check: 'hold_consistent', seq, what };
}
