import fc from 'fast-check';
import { afterAll, beforeAll, expect, inject, test } from 'vitest';
import { newId } from '../../src/kernel/id.ts';
import { seededRandom } from '../../src/kernel/random.ts';
import { cardDesk, secretKey } from '../../src/modules/cards/index.ts';
import { loadKeys } from '../../src/platform/config/keys.ts';
import { openBench, type TestBench } from '../harness.ts';
import { startOfWorld } from './facts.ts';
import { newCounts, retell, tell } from './run.ts';
import { type Draw, draw } from './script.ts';
import { postgresSystem, type System, twinSystem } from './systems.ts';

// Random commands on cards, over four systems: the twin and PostgreSQL, at once and one by one. All four give the same
// answers and end in the same rows, the hash of the whole log among them; and the first is held, command by command,
// against a model that was written from the issue. SCRIP_MODEL_COMMANDS sets how many commands, SCRIP_MODEL_SEED which,
// SCRIP_MODEL_SHRINK_MS how long a failure may be made smaller.

const commandsMin = Number(process.env.SCRIP_MODEL_COMMANDS ?? 20_000);
const overPostgresMin = Math.min(3_000, commandsMin);
const seed = Number(process.env.SCRIP_MODEL_SEED ?? Date.now() % 2 ** 31);
const lengthMax = 160;

const keys = loadKeys(inject('keyFile'));
const desk = cardDesk(keys);
const chainKey = secretKey(keys.chain.keys.get(keys.chain.current) ?? Buffer.alloc(32));
const random = seededRandom(seed);
const counts = newCounts();

let benches: TestBench[];
let postgres: readonly [System, System];
beforeAll(async () => {
  process.stdout.write(`model: SCRIP_MODEL_SEED=${seed} SCRIP_MODEL_COMMANDS=${commandsMin}\n`);
  benches = [await openBench(), await openBench()];
  const [atOnce, oneByOne] = benches.map((bench) => postgresSystem(bench, chainKey));
  if (!atOnce || !oneByOne) throw new Error('two databases');
  postgres = [atOnce, oneByOne];
});
afterAll(() => Promise.all(benches.map((bench) => bench.close())));

async function agree(draws: readonly Draw[], overPostgres: boolean): Promise<void> {
  const merchantId = newId(startOfWorld, random);
  const twin = twinSystem(chainKey);
  const story = await tell(twin, merchantId, desk, draws, counts);
  await retell(story, twinSystem(chainKey), merchantId, desk, 'at once');
  if (!overPostgres) return;
  await retell(story, postgres[0], merchantId, desk, 'at once');
  await retell(story, postgres[1], merchantId, desk, 'one by one');
}

const draws = fc.array(draw, { minLength: 1, maxLength: lengthMax, size: 'max' });

/** A failure is made smaller for so long; what it is by then is shown. */
const shrinkMs = Number(process.env.SCRIP_MODEL_SHRINK_MS ?? 15_000);

async function runUntil(commands: number, overPostgres: boolean): Promise<void> {
  let shrunkAt = Number.POSITIVE_INFINITY;
  const property = fc.asyncProperty(draws, async (drawn) => {
    if (Date.now() > shrunkAt) return;
    try {
      await agree(drawn, overPostgres);
    } catch (error) {
      shrunkAt = Math.min(shrunkAt, Date.now() + shrinkMs);
      throw error;
    }
  });
  for (let round = 0; counts.commands < commands; round++) {
    await fc.assert(property, { seed: seed + round, numRuns: 10 });
  }
}

test('PostgreSQL and the twin come to the same, at once and one by one', { timeout: 600_000 }, () =>
  runUntil(overPostgresMin, true),
);

test('the twin and the model come to the same, command by command', { timeout: 600_000 }, () =>
  runUntil(commandsMin, false),
);

test('every verb and every refusal of cards was met often enough to count', () => {
  const share = Math.min(1, counts.commands / 20_000);
  const seldom = [
    ...verbs.filter((verb) => (counts.accepted.get(verb) ?? 0) < 40 * share),
    ...refusals.filter((reason) => (counts.refused.get(reason) ?? 0) < 20 * share),
  ];
  const told = (all: Map<string, number>) =>
    [...all]
      .sort(([, a], [, b]) => a - b)
      .map(([name, n]) => `${name} ${n}`)
      .join(', ');
  process.stdout.write(
    `model: ${counts.commands} commands\naccepted: ${told(counts.accepted)}\nrefused: ${told(counts.refused)}\n`,
  );
  expect(seldom).toEqual([]);
});

const verbs = [
  ...[
    'verify',
    'activate',
    'deactivate',
    'redeem',
    'refund',
    'reverse',
    'hold',
    'capture',
    'release',
    'reload',
  ],
  ...[
    'adjust',
    'freeze',
    'unfreeze',
    'extend',
    'reactivate',
    'expire',
    'transfer',
    'replace',
    'void',
    'unlock',
  ],
];
const refusals = [
  ...['not_recognised', 'check_character_wrong', 'card_not_found', 'pin_wrong', 'pin_locked'],
  ...[
    'card_not_active',
    'holder_required',
    'card_already_active',
    'card_voided',
    'card_replaced',
    'card_frozen',
  ],
  ...['card_not_frozen', 'card_expired', 'card_not_expired', 'card_used', 'card_held', 'currency_mismatch'],
  ...['store_not_found', 'store_closed', 'store_not_accepting', 'duplicate_reference', 'payment_mismatch'],
  ...[
    'not_reloadable',
    'not_transferable',
    'refund_exceeds_redemption',
    'redemption_reversed',
    'redemption_not_found',
  ],
  ...[
    'hold_not_found',
    'hold_ended',
    'capture_exceeds_hold',
    'validity_not_extended',
    'insufficient_balance',
  ],
  ...[
    'balance_limit_exceeded',
    'idempotency_key_reused',
    'permission_denied',
    'store_out_of_scope',
    'amount_over_ceiling',
  ],
];
