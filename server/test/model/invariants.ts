import { assert } from '../../src/kernel/assert.ts';
import { redemptionReturns } from '../../src/modules/cards/giveBack.ts';
import { cards } from '../../src/modules/cards/index.ts';
import { holds } from '../../src/modules/ledger/hold.ts';
import { accounts, activities } from '../../src/modules/ledger/index.ts';
import { isLapsed, type Model, type ModelCard } from './model.ts';
import type { Rows } from './systems.ts';

/** Every invariant of the books, after every command; and that they say what the model says. */
export function bookkeeper(model: Model, rows: Rows): { check(): void } {
  const last = new Map<string, { seq: bigint; balance: bigint }>();
  let read = 0n;

  function checkLog(): void {
    const log = rows(activities);
    assert(BigInt(log.length) >= read, 'the log only grows');
    for (const { seq, postings, type } of log.slice(Number(read))) {
      assert(seq === read + 1n, 'the log has no gap');
      read = seq;
      let sum = 0n;
      for (const { accountId, accountSeq, amount, balanceAfter } of postings) {
        sum += amount;
        const { seq: before, balance } = last.get(accountId) ?? { seq: 0n, balance: 0n };
        assert(accountSeq === before + 1n, `${type}: an account's postings have no gap`);
        assert(
          balanceAfter === balance + amount,
          `${type}: the balance after a posting is the one before and the amount`,
        );
        last.set(accountId, { seq: accountSeq, balance: balanceAfter });
      }
      assert(sum === 0n, `${type}: postings sum to zero`);
    }
  }

  function checkAccounts(): void {
    const onCards = new Map<string, { balance: bigint; held: bigint }>();
    const books = new Map<string, bigint>();
    const clearing = new Map<string, bigint>();
    let trial = 0n;
    for (const account of rows(accounts)) {
      const { id, ownerId, purpose, detail, balance, held, postings, floor } = account;
      trial += balance;
      const told = last.get(id) ?? { seq: 0n, balance: 0n };
      assert(told.balance === balance && told.seq === postings, 'an account is the sum of its postings');
      assert(held >= 0n && (floor === null || balance - held >= floor), `${purpose}: balance >= held >= 0`);
      if (purpose === 'card') {
        assert(floor === 0n, 'a card has a floor');
        const sum = onCards.get(ownerId) ?? { balance: 0n, held: 0n };
        onCards.set(ownerId, { balance: sum.balance + balance, held: sum.held + held });
      } else if (purpose === 'clearing') {
        const [party, kind = ''] = detail.split('|');
        clearing.set(`${ownerId} ${party} ${kind}`, balance);
      } else {
        const store = model.world.storeIds.indexOf(ownerId);
        const name = `${purpose} ${store === -1 ? 'merchant' : store}`;
        books.set(name, (books.get(name) ?? 0n) + balance);
      }
    }
    assert(trial === 0n, 'the trial balance is zero');
    for (const [pair, amount] of clearing) {
      const [owner, party, kind] = pair.split(' ');
      const opposite = clearing.get(`${party} ${owner} ${kind}`);
      assert(opposite === -amount, 'what one store owes, the other is owed');
    }
    for (const name of new Set([...books.keys(), ...model.books.keys()])) {
      const [kept, expected] = [books.get(name) ?? 0n, model.books.get(name) ?? 0n];
      assert(kept === expected, `${name} is ${kept}, and should be ${expected}`);
    }
    checkCards(onCards);
  }

  function checkCards(onCards: ReadonlyMap<string, { balance: bigint; held: bigint }>): void {
    const held = new Map<string, bigint>();
    for (const hold of rows(holds)) {
      assert(hold.captured <= hold.amount, 'no more is captured than was held');
      assert((hold.state === 'open') === (hold.endedSeq === null), 'a hold that ended says by what');
      if (hold.state === 'open') held.set(hold.ownerId, (held.get(hold.ownerId) ?? 0n) + hold.amount);
    }
    const known = new Map(rows(cards).map((card) => [card.id, card]));
    for (const card of model.cards) {
      const row = known.get(card.id);
      assert(row !== undefined, 'a card is not lost');
      const money = onCards.get(card.id) ?? { balance: 0n, held: 0n };
      assert(money.balance === card.balance, `a card has ${money.balance}, and should have ${card.balance}`);
      assert(money.held === (held.get(card.id) ?? 0n), 'what is held is what holds hold');
      assert(row.state === stateOf(card), `a card is ${row.state}, and should be ${stateOf(card)}`);
      assert(row.pinTries === card.wrongPins, 'wrong PINs are counted');
      assert(row.validUntil?.getTime() === card.validUntil?.getTime(), 'a card ends when it should');
      assert(
        row.loaded === card.loaded && card.balance <= card.loaded + returnedTo(card),
        'no more is on it than was loaded',
      );
    }
    assert(known.size === model.cards.length + 1, 'no card comes out of nothing, but for the decoy');
  }

  function returnedTo(card: ModelCard): bigint {
    // What a card's predecessors paid may come back to it.
    return model.redemptions.reduce((sum, one) => sum + (one.card === card ? 0n : one.returned), 0n);
  }

  function checkReturns(): void {
    const log = rows(activities);
    for (const { redemptionSeq, returned } of rows(redemptionReturns)) {
      const amount = log[Number(redemptionSeq) - 1]?.amount ?? 0n;
      assert(returned >= 0n && returned <= amount, 'no more goes back than was redeemed');
    }
    const paid = model.redemptions.reduce((sum, one) => sum + one.amount - one.returned, 0n);
    const revenue = [...model.books].reduce(
      (sum, [name, amount]) => sum + (name.startsWith('revenue') ? amount : 0n),
      0n,
    );
    assert(paid === revenue, 'revenue is what was redeemed and did not go back');
  }

  return {
    check() {
      checkLog();
      checkAccounts();
      checkReturns();
    },
  };
}

function stateOf(card: ModelCard): string {
  if (card.state === 'new') return 'generated';
  return card.state === 'active' && card.lapseNoted && isLapsed(card, new Date(8.64e15))
    ? 'expired'
    : card.state;
}
