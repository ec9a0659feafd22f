import { createHash } from 'node:crypto';
import { assert } from '../../src/kernel/assert.ts';
import { decodeId, newId } from '../../src/kernel/id.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import {
  type Card,
  type CardDesk,
  cards,
  decoyCard,
  displayCode,
  drawCard,
  secretKey,
  serialCounters,
} from '../../src/modules/cards/index.ts';
import { createMerchant, createStore } from '../../src/modules/merchants/index.ts';
import { updateStore } from '../../src/modules/merchants/updateStore.ts';
import { createApiKey, newSecret } from '../../src/modules/people/index.ts';
import { createProgram } from '../../src/modules/programs/createProgram.ts';
import type { AskedTerms } from '../../src/modules/programs/terms.ts';
import type { Command } from '../../src/platform/executor/batch.ts';
import { accepted, useCase } from '../../src/platform/executor/useCase.ts';
import { put } from '../../src/platform/executor/workingSet.ts';
import { commandOf, together } from '../command.ts';
import { clerkCeiling, type ProgramFacts, programFacts, startOfWorld } from './facts.ts';
import type { System } from './systems.ts';

export type IssuedCard = {
  readonly id: string;
  readonly serial: bigint;
  readonly code: string;
  readonly pin: string;
  readonly program: number;
};

export type World = {
  readonly merchantId: string;
  readonly desk: CardDesk;
  /** The last one is closed. */
  readonly storeIds: readonly string[];
  readonly keys: { readonly owner: string; readonly public: string; readonly clerk: string };
  readonly cards: readonly IssuedCard[];
};

const issueCards = useCase({
  name: 'trial.issue',
  permission: 'system',
  movesValue: false,
  needs: (made: readonly Card[]) => made,
  decide: (made, _input, { merchantId }) =>
    accepted({
      activities: [{ type: 'trial.issued' }],
      changes: [
        ...made.map((card) => put(cards, card)),
        put(serialCounters, { merchantId, last: BigInt(made.length - 1) }),
      ],
      result: {},
    }),
});

/** Opens a merchant with stores, keys, programs and cards that are not yet sold: the same in every system. */
export async function openWorld(system: System, merchantId: string, desk: CardDesk): Promise<World> {
  await system.open(merchantId);
  const run = async (commands: readonly Command[]): Promise<readonly Record<string, unknown>[]> => {
    const answers = await together(system.executor, merchantId, commands);
    return answers.map((answer) => {
      assert('body' in answer, `the world can be opened: ${JSON.stringify(answer)}`);
      return JSON.parse(answer.body);
    });
  };
  const idIn = (prefix: string, answer: Record<string, unknown> | undefined, field = 'id') =>
    decodeId(prefix, String(answer?.[field])) ?? '';

  await run([commandOf(createMerchant, { name: 'M', currency: 'CNY', timezone: 'Asia/Shanghai' })]);
  const stores = await run(
    ['A', 'B', 'C', 'D'].map((code) =>
      commandOf(createStore, { code, name: code, region: null, legalEntityId: null }),
    ),
  );
  const storeIds = stores.map((store) => idIn('store', store));
  await run([commandOf(updateStore, { id: storeIds[3] ?? '', state: 'closed' })]);

  const secret = (kind: 'secret' | 'public', name: string) =>
    newSecret(kind, createHash('sha256').update(merchantId).update(name).digest());
  const keys = await run([
    commandOf(createApiKey, {
      kind: 'secret',
      name: 'owner',
      role: 'owner',
      secret: secret('secret', 'owner'),
    }),
    commandOf(createApiKey, { kind: 'public', name: 'public', secret: secret('public', 'public') }),
    commandOf(createApiKey, {
      kind: 'secret',
      name: 'clerk',
      role: 'manager',
      storeIds: [storeIds[0] ?? ''],
      ceilings: new Map([['cards.redeem' as const, clerkCeiling]]),
      secret: secret('secret', 'clerk'),
    }),
  ]);
  const programs = await run(
    programFacts.map((facts) => commandOf(createProgram, { kind: 'gift', terms: termsOf(facts, storeIds) })),
  );
  const versionIds = programs.map((program) => idIn('pver', program, 'versionId'));

  const issued = issue(merchantId, desk, versionIds);
  const decoy = decoyCard(merchantId, versionIds[0] ?? '', createHash('sha256').update(merchantId).digest());
  await run([commandOf(issueCards, [decoy, ...issued.map(({ row }) => row)])]);
  return {
    merchantId,
    desk,
    storeIds,
    keys: { owner: idIn('key', keys[0]), public: idIn('key', keys[1]), clerk: idIn('key', keys[2]) },
    cards: issued.map(({ card }) => card),
  };
}

function termsOf(facts: ProgramFacts, storeIds: readonly string[]): AskedTerms {
  const { faceValue, price, pin, bearer, reloadable, transferable, days, accepting, balanceMax } = facts;
  return {
    name: { zh: '卡', en: 'card' },
    currency: null,
    pin,
    bearer,
    reloadable,
    transferable,
    balanceMax,
    medium: 'physical',
    denominations: [faceValue],
    range: null,
    salePrice: price,
    validity: days === null ? { type: 'none' } : { type: 'after', count: days, unit: 'days' },
    stores:
      accepting.length === storeIds.length
        ? { type: 'all' }
        : { type: 'list', storeIds: accepting.map((n) => storeIds[n] ?? '') },
  };
}

/** Four cards of the first program and two of each other, with secrets as a batch would draw them. */
function issue(merchantId: string, desk: CardDesk, versionIds: readonly string[]) {
  const batchKey = secretKey(createHash('sha256').update(merchantId).digest());
  const random = seededRandom(7);
  return [0, 0, 0, 0, 1, 1, 2, 2].map((program, n) => {
    const serial = BigInt(n + 1);
    const { code, pin } = drawCard(batchKey, serial, 0);
    const { codeHashes, pinHashes } = desk.present(merchantId, code, pin);
    const facts = programFacts[program];
    const id = newId(startOfWorld, random);
    const row: Card = {
      ...decoyCard(merchantId, versionIds[program] ?? '', Buffer.from(codeHashes[0] ?? '', 'hex')),
      id,
      serial,
      pinHash: facts?.pin ? (pinHashes?.[0] ?? null) : null,
      last4: code.slice(-4),
      faceValue: facts?.faceValue ?? 0n,
    };
    const card: IssuedCard = { id, serial, code: displayCode(code), pin, program };
    return { row, card };
  });
}
