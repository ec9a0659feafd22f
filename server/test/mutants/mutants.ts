import { approvalMutants, deviceMutants } from './approvals.ts';
import { couponMutants } from './coupons.ts';
import { type Mutant, mutant } from './mutant.ts';
import { walletMutants } from './wallet.ts';

const verdict = 'platform/executor/verdict.ts';
const batch = 'platform/executor/batch.ts';
const ledger = 'modules/ledger/store.ts';
const journal = 'modules/ledger/journal/store.ts';
const account = 'modules/ledger/account.ts';
const card = 'modules/cards/card.ts';
const recognise = 'modules/cards/recognise.ts';
const giveBack = 'modules/cards/giveBack.ts';

export const mutants: readonly Mutant[] = [
  ...walletMutants,
  ...couponMutants,
  // Locks and processes.
  mutant(
    'the journal lock is left out',
    'processes',
    journal,
    ' where merchant_id = $1 for update`',
    ' where merchant_id = $1`',
  ),
  mutant(
    'rows in memory outlive what another process wrote',
    'processes',
    verdict,
    'before.seq !== lane.knownSeq',
    'lane.knownSeq < 0n',
  ),
  mutant(
    'what was judged ahead is written whatever another process did meanwhile',
    'processes',
    journal,
    'and seq = $2 and hash = $3 and frozen_reason is null`',
    'and $2::bigint >= 0 and $3::bytea is not null and frozen_reason is null`',
  ),
  mutant(
    'a ledger that is frozen still takes what was judged before',
    'processes',
    journal,
    'and hash = $3 and frozen_reason is null`',
    'and hash = $3`',
  ),
  mutant(
    'a refusal that was judged ahead is not asked to be still so',
    'processes',
    'platform/executor/postgresStorage.ts',
    '? journal.confirmHead(db, merchantId, before)',
    '? Promise.resolve()',
  ),
  mutant(
    'an account is written whatever it was judged as',
    'processes',
    ledger,
    ' and a.id = v.id and a.postings = v.postings_before and a.held = v.held_before`',
    ' and a.id = v.id`',
  ),
  mutant(
    'a conflict is not heard',
    'processes',
    'platform/db/statement.ts',
    'platform.as_judged(count(*) = $',
    'platform.as_judged(count(*) <= $',
  ),
  mutant(
    'a hold that has ended ends again',
    'processes',
    ledger,
    ' and h.id = v.id and h.ended_seq is null`',
    ' and h.id = v.id`',
  ),
  {
    name: 'the merchant is forgotten in a look-up, and in the policy behind it',
    suite: 'executor',
    edits: [
      {
        file: `server/src/${ledger}`,
        find: 'on a.merchant_id = $1 and a.owner_id = k.owner_id',
        put: 'on $1::uuid is not null and a.owner_id = k.owner_id',
      },
      {
        file: 'server/migrations/0001_foundation.sql',
        find: 'using (merchant_id = (select platform.seen_merchant()) or (select platform.sees_all()))',
        put: 'using (true)',
      },
    ],
  },
  mutant(
    'what went back is written over',
    'processes',
    'modules/cards/store.ts',
    ' and r.returned = v.returned_before',
    '',
  ),
  // Keys.
  mutant(
    'a key is replayed for any request',
    'idempotency',
    batch,
    'prior.fingerprint?.equals(one) === true',
    'true',
  ),
  mutant('a key is not looked up', 'idempotency', batch, 'if (again) return { answer: again, head };', ''),
  // The ledger.
  mutant('an activity need not sum to zero', 'executor', batch, 'assert(sum === 0n,', 'assert(sum >= 0n,'),
  {
    name: 'a cent comes out of nothing, and nobody adds up',
    suite: 'model',
    edits: [
      { file: `server/src/${batch}`, find: 'assert(sum === 0n,', put: 'assert(true,' },
      {
        file: `server/src/${account}`,
        find: 'const received = move(payee, amount, postings);',
        put: 'const received = move(payee, amount + 1n, postings);',
      },
    ],
  },
  mutant(
    'an entry is chained to nothing',
    'twin',
    batch,
    'return mac(key, canonical, previous);',
    'return mac(key, canonical, Buffer.alloc(0));',
  ),
  mutant(
    'the floor is not looked at',
    'executor',
    account,
    'account.floor !== null && balance - account.held < account.floor',
    'account.floor === 1n',
  ),
  mutant(
    'the floor itself is out of reach',
    'model',
    account,
    'balance - account.held < account.floor',
    'balance - account.held <= account.floor',
  ),
  mutant(
    'what is held is there to be spent',
    'model',
    account,
    'return account.balance - account.held;',
    'return account.balance;',
  ),
  mutant(
    'a hold stands at its very end',
    'model',
    'modules/ledger/hold.ts',
    "hold.state === 'open' && now < hold.expiresAt",
    "hold.state === 'open' && now <= hold.expiresAt",
  ),
  // Cards.
  mutant(
    'a card is good at its very end',
    'model',
    card,
    '(card.validUntil !== null && now >= card.validUntil)',
    '(card.validUntil !== null && now > card.validUntil)',
  ),
  mutant(
    'a card cannot pay all that is on it',
    'model',
    card,
    'payment.amount > available',
    'payment.amount >= available',
  ),
  mutant(
    'a frozen card pays',
    'processes',
    card,
    "if (card.state === 'frozen')",
    "if (card.id === 'frozen')",
  ),
  mutant(
    'a reference is used twice',
    'model',
    'modules/cards/spend.ts',
    'if (rows.claimed)',
    'if (!rows.store)',
  ),
  mutant(
    'more goes back than was redeemed',
    'races',
    giveBack,
    'if (amount > left)',
    'if (amount > redemption.amount)',
  ),
  mutant(
    'what was reversed is refunded',
    'refund',
    giveBack,
    'if (back && back.reversalSeq !== null)',
    'if (back && back.reversalSeq === 0n)',
  ),
  mutant(
    'more is captured than was held',
    'model',
    'modules/cards/captureHold.ts',
    'if (amount > hold.amount)',
    'if (amount > hold.amount + 1n)',
  ),
  mutant(
    'an active card is sold again',
    'model',
    'modules/cards/allowed.ts',
    "return refused('card_already_active');",
    "return card.state === 'frozen' ? refused('card_already_active') : undefined;",
  ),
  mutant(
    'a card that was loaded is taken back',
    'model',
    'modules/cards/deactivate.ts',
    ' && card.loaded === card.faceValue',
    '',
  ),
  mutant(
    'a card stays alive when all of it is transferred',
    'model',
    'modules/cards/succeed.ts',
    "{ ...card, state: 'replaced', replacedBy: heir.id }",
    '{ ...card, replacedBy: heir.id }',
  ),
  mutant(
    'a clerk acts for any store',
    'model',
    'platform/executor/authorise.ts',
    '!actor.storeIds.has(storeId)',
    'storeId === actor.id',
  ),
  mutant(
    'a clerk looks after what other stores sold',
    'model',
    'platform/executor/authorise.ts',
    '!(ownerId !== null && actor.storeIds.has(ownerId))',
    'ownerId === actor.id',
  ),
  // PINs.
  mutant(
    'wrong PINs are not counted',
    'races',
    recognise,
    'pinTries: card.pinTries + 1',
    'pinTries: card.pinTries',
  ),
  mutant(
    'the PIN is looked at before its count',
    'races',
    recognise,
    'if (card.pinTries >= pinTriesMax) {',
    'if (card.pinTries >= pinTriesMax && !presented.pinHashes.some((hash) => hash.equals(card.pinHash ?? hash))) {',
  ),
  // Clearing.
  mutant(
    'the store that sold does not owe the one that redeemed',
    'journey',
    'modules/settlement/settle.ts',
    'borne.amount > 0n && borne.partyId !== storeId',
    'borne.amount > 0n && borne.partyId === lot.asset',
  ),
  mutant(
    'a refund leaves the debt between stores',
    'journey',
    giveBack,
    'transfers.push(...owed);',
    'transfers.push(...owed.slice(owed.length));',
  ),
  ...approvalMutants,
  ...deviceMutants,
];
