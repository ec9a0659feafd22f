import { isRefused, type Refusal } from '../../kernel/outcome.ts';
import type { Posting } from '../../platform/executor/activity.ts';
import { type Change, put } from '../../platform/executor/workingSet.ts';
import {
  type Account,
  accountId,
  accounts,
  newAccount,
  post,
  type Transfer,
  type Waiver,
} from './account.ts';

/** Which account: there is one for each combination. */
export type Terms = Pick<Account, 'ownerId' | 'purpose' | 'asset'> & Partial<Pick<Account, 'detail'>>;

type Opening = Partial<Pick<Account, 'floor' | 'ceiling' | 'usableFrom' | 'usableUntil'>>;

/** The accounts that one decision works on, as its transfers leave them one after another. */
export type Book = {
  /** The account with these terms; opened if there is none. */
  account(terms: Terms, opening?: Opening): Account;
  /** An account as it stands now. */
  now(account: Account): Account;
  /** Replaces an account in other respects than its balance: its state, its window, what holds reserve. */
  set(account: Account): void;
  /** Carries transfers out over the accounts as they stand; a refusal changes nothing. */
  post(transfers: readonly Transfer[], waiver?: Waiver): readonly Posting[] | Refusal;
  /** All that became of the accounts. */
  changes(): readonly Change[];
};

/** Opens a book over accounts that were fetched. */
export function openBook(known: readonly Account[], now: Date): Book {
  const standing = new Map(known.map((account) => [account.id, account]));
  const byTerms = new Map(known.map((account) => [nameOf(account), account.id]));
  const changed = new Map<string, Account>();

  function keep(account: Account): void {
    standing.set(account.id, account);
    changed.set(account.id, account);
  }

  return {
    account(terms, opening = {}) {
      const id = byTerms.get(nameOf(terms));
      const found = id === undefined ? undefined : standing.get(id);
      if (found) return found;
      const draft = newAccount({ ...terms, ...opening, id: '' });
      const made = { ...draft, id: accountId(draft, now) };
      standing.set(made.id, made);
      byTerms.set(nameOf(made), made.id);
      return made;
    },
    now: (account) => standing.get(account.id) ?? account,
    set: keep,
    post(transfers, waiver) {
      const current = transfers.map(({ from, to, amount }) => ({
        from: standing.get(from.id) ?? from,
        to: standing.get(to.id) ?? to,
        amount,
      }));
      const posted = post(current, now, waiver);
      if (isRefused(posted)) return posted;
      for (const account of posted.accounts) keep(account);
      return posted.postings;
    },
    changes: () => [...changed.values()].map((account) => put(accounts, account)),
  };
}

function nameOf({ ownerId, purpose, detail = '', asset }: Terms): string {
  return `${ownerId}|${purpose}|${asset}|${detail}`;
}
