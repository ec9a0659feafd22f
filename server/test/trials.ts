// Use cases that only tests have: each shows one thing to the executor.

import { assert } from '../src/kernel/assert.ts';
import { isRefused, refused } from '../src/kernel/outcome.ts';
import {
  type Account,
  accounts,
  accountsOf,
  end,
  holdById,
  journalStore,
  newAccount,
  openBook,
  ownerAnd,
} from '../src/modules/ledger/index.ts';
import { type Pools, postgresStorage } from '../src/platform/executor/postgresStorage.ts';
import type { Storage } from '../src/platform/executor/storage.ts';
import { accepted, useCase } from '../src/platform/executor/useCase.ts';
import { put } from '../src/platform/executor/workingSet.ts';

const purpose = 'trial';
const asset = 'CNY';

/** The merchant's own side has no floor, so money can be given out; everybody else's has. */
const floorOf = (ownerId: string, merchantId: string) => (ownerId === merchantId ? null : 0n);

export type MoveInput = { readonly from: string; readonly to: string; readonly amount: bigint };

/** Moves an amount between owners, as the simplest use case that moves value. */
export const move = useCase({
  name: 'trial.move',
  permission: 'system',
  movesValue: true,
  needs: ({ from, to }: MoveInput, find) => [
    ...find.all(accountsOf, ownerAnd(from, purpose)),
    ...find.all(accountsOf, ownerAnd(to, purpose)),
  ],
  decide(known, { from, to, amount }, { merchantId, now }) {
    const book = openBook(known, now);
    const side = (ownerId: string) =>
      book.account({ ownerId, purpose, asset }, { floor: floorOf(ownerId, merchantId) });
    const [payer, payee] = [side(from), side(to)];
    const postings = book.post([{ from: payer, to: payee, amount }]);
    if (isRefused(postings)) return postings;
    const balances = [book.now(payer), book.now(payee)].map(({ balance }) => String(balance));
    return accepted({
      activities: [{ type: 'trial.moved', subjectId: to, amount, postings }],
      changes: book.changes(),
      result: { balances },
    });
  },
});

/** What an owner has, without moving anything. */
export const balanceOf = useCase({
  name: 'trial.balance',
  permission: 'system',
  movesValue: false,
  needs: ({ owner }: { readonly owner: string }, find) => find.all(accountsOf, ownerAnd(owner, purpose)),
  decide: (known: readonly Account[]) => ({ unchanged: String(known[0]?.balance ?? 0n) }),
});

export type BrokenAt = 'needs' | 'decide' | 'second activity';

/** A mistake in a program: it throws, in one place or another. */
export const broken = useCase({
  name: 'trial.broken',
  permission: 'system',
  movesValue: true,
  needs({ at, owner }: { readonly at: BrokenAt; readonly owner: string }, find) {
    assert(at !== 'needs', 'broken in needs');
    return find.all(accountsOf, ownerAnd(owner, purpose))[0];
  },
  decide(account, { at }, { now }) {
    assert(at !== 'decide', 'broken in decide');
    assert(account !== undefined && now !== undefined, 'somebody has an account');
    const posting = {
      accountId: account.id,
      asset,
      accountSeq: account.postings + 1n,
      amount: 5n,
      balanceAfter: account.balance + 5n,
    };
    const activity = { type: 'trial.fine', postings: [] };
    return accepted({
      activities: [activity, { type: 'trial.unbalanced', postings: [posting] }],
      changes: [
        put(accounts, { ...account, balance: account.balance + 5n, postings: account.postings + 1n }),
      ],
      result: {},
    });
  },
});

/** A rule that only the database knows: the account is there already, and this use case has not looked. */
export const clash = useCase({
  name: 'trial.clash',
  permission: 'system',
  movesValue: true,
  needs: ({ owner }: { readonly owner: string }) => owner,
  decide(ownerId, _input, { newId }) {
    const account = newAccount({ id: newId(), ownerId, purpose, asset, floor: 0n });
    return accepted({
      activities: [{ type: 'trial.clashed', subjectId: ownerId }],
      changes: [put(accounts, account)],
      result: {},
    });
  },
});

/** An owner's name that is no uuid: the database cannot even look for it. */
export const unreadable = useCase({
  name: 'trial.unreadable',
  permission: 'system',
  movesValue: true,
  needs: (_input: object, find) => find.one(holdById, 'not an uuid'),
  decide: () => refused('hold_not_found'),
});

/** Ends a hold that it believes to be open, whatever the database says: a conflict that no retry heals. */
export const stale = useCase({
  name: 'trial.stale',
  permission: 'system',
  movesValue: true,
  needs: ({ holdId }: { readonly holdId: string }, find) => find.one(holdById, holdId),
  decide(hold, _input, { seq }) {
    if (!hold) return refused('hold_not_found');
    return accepted({
      activities: [{ type: 'trial.stale', relatedSeq: hold.seq }],
      changes: [end({ ...hold, state: 'open' }, 'released', seq())],
      result: {},
    });
  },
});

/** Asks for one row after another, each named by the one before: as many waves as there are owners. */
export const chain = useCase({
  name: 'trial.chain',
  permission: 'system',
  movesValue: false,
  needs({ owners }: { readonly owners: readonly string[] }, find) {
    let seen = 0;
    for (const owner of owners) {
      if (find.all(accountsOf, ownerAnd(owner, purpose)).length === 0) break;
      seen++;
    }
    return seen;
  },
  decide: (seen) => ({ unchanged: String(seen) }),
});

/** Where batches are written, with nothing but journals in it. */
export function journalsOf(pools: Pools): Storage {
  return postgresStorage(pools, journalStore, []);
}
