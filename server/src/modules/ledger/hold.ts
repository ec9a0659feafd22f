import { assert } from '../../kernel/assert.ts';
import { entity, finder } from '../../platform/executor/entity.ts';
import { type Change, put } from '../../platform/executor/workingSet.ts';
import { type Account, accounts, type Share } from './account.ts';

export type HoldState = 'open' | 'captured' | 'released' | 'expired';

/** A reservation on the lots of one owner. It ends once. */
export type Hold = {
  readonly id: string;
  readonly ownerId: string;
  /** The activity that placed it. */
  readonly seq: bigint;
  readonly amount: bigint;
  readonly captured: bigint;
  readonly state: HoldState;
  readonly parts: readonly { readonly accountId: string; readonly amount: bigint }[];
  readonly storeId: string;
  readonly reference: string | null;
  readonly expiresAt: Date;
  /** The activity that ended it. */
  readonly endedSeq: bigint | null;
};

export const holds = entity<Hold>('hold', (hold) => hold.id);
export const holdById = finder(holds, 'byId', (hold) => [hold.id]);
/** The open holds of an owner. Ended ones may be among them while they are in memory: judge by state. */
export const openHoldsOf = finder(holds, 'openByOwner', (hold) => [hold.ownerId]);

/** Whether it still reserves anything: past its time it does not, even before anybody has noticed. */
export function isStanding(hold: Hold, now: Date): boolean {
  return hold.state === 'open' && now < hold.expiresAt;
}

/** Places a hold on shares of lots that have at least that much available. */
export function place(
  hold: Omit<Hold, 'parts' | 'captured' | 'state' | 'endedSeq'>,
  shares: readonly Share[],
): readonly Change[] {
  const parts = shares.map(({ account, amount }) => ({ accountId: account.id, amount }));
  const reserved = shares.map(({ account, amount }) => {
    const held = account.held + amount;
    assert(account.balance - held >= (account.floor ?? 0n), 'a hold reserves what is there');
    return put(accounts, { ...account, held });
  });
  return [put(holds, { ...hold, parts, captured: 0n, state: 'open', endedSeq: null }), ...reserved];
}

/** Lots as they are once these holds have let go of them; for use with the change that ends the holds. */
export function withoutHolds(lots: readonly Account[], ended: readonly Hold[]): readonly Account[] {
  return lots.map((lot) => {
    let held = lot.held;
    for (const hold of ended)
      for (const part of hold.parts) if (part.accountId === lot.id) held -= part.amount;
    assert(held >= 0n, 'a hold lets go of what it held');
    return held === lot.held ? lot : { ...lot, held };
  });
}

/** Ends a hold by the activity of this number. The lots must be written as `withoutHolds` leaves them. */
export function end(hold: Hold, state: Exclude<HoldState, 'open'>, endedSeq: bigint, captured = 0n): Change {
  assert(hold.state === 'open', 'a hold ends once');
  assert(captured <= hold.amount, 'a capture takes no more than was held');
  return put(holds, { ...hold, state, captured, endedSeq });
}
