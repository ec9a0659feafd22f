import { createSecretKey } from 'node:crypto';
import { assert } from '../src/kernel/assert.ts';
import { decodeId } from '../src/kernel/id.ts';
import { seededRandom } from '../src/kernel/random.ts';
import { activities, activityByKey } from '../src/modules/ledger/index.ts';
import { createDevice, createMerchant, createStore } from '../src/modules/merchants/index.ts';
import { newSecret } from '../src/modules/people/apiKey.ts';
import type { Role } from '../src/modules/people/bundles.ts';
import { type CreateApiKeyInput, createApiKey } from '../src/modules/people/createApiKey.ts';
import { createStaff } from '../src/modules/people/createStaff.ts';
import { gate, systemKeyId } from '../src/modules/people/gate.ts';
import type { Command } from '../src/platform/executor/batch.ts';
import { startExecutor } from '../src/platform/executor/executor.ts';
import { memoryStorage } from '../src/platform/executor/memoryStorage.ts';
import type { UseCase } from '../src/platform/executor/useCase.ts';

export const merchantId = '01900000-0000-7000-8000-000000000001';
export const unknownId = '01900000-0000-7000-8000-00000000dead';

/** A merchant with the key of an owner, in memory: what is not here is PostgreSQL and HTTP. */
export async function openPeople() {
  const random = seededRandom(7);
  const storage = memoryStorage();
  storage.open(merchantId, { seq: 0n, hash: Buffer.alloc(32), frozenReason: null });
  const time = { now: new Date('2026-03-01T08:00:00Z') };
  const executor = startExecutor(storage, {
    log: { activities, activityByKey },
    gate,
    chainKey: createSecretKey(Buffer.alloc(32)),
    clock: () => time.now,
    random,
  });

  function run<Input, Rows>(keyId: string, useCase: UseCase<Input, Rows, unknown>, input: Input) {
    // The executor takes commands of any use case; that this input is for this one is what the line above says.
    const asked = { useCase, input } as unknown as Pick<Command, 'useCase' | 'input'>;
    return executor.run(merchantId, { ...asked, keyId, idempotencyKey: null, fingerprint: null });
  }

  /** What a command came to: `accepted`, or the refusal's code, with its field if it names one. */
  async function codeOf(answer: ReturnType<typeof run>): Promise<string | [code: string, field: string]> {
    const given = await answer;
    if ('body' in given) return 'accepted';
    const { refused, field } = given.refusal;
    return field === undefined ? refused : [refused, field];
  }

  /** The id of what a command has made. */
  async function madeBy(prefix: string, answer: ReturnType<typeof run>): Promise<string> {
    const given = await answer;
    assert('body' in given, `accepted, not ${JSON.stringify(given)}`);
    const id = decodeId(prefix, String(JSON.parse(given.body).id));
    assert(id !== undefined, `an id that begins with ${prefix}_`);
    return id;
  }

  function keyInput(terms: Partial<CreateApiKeyInput>): CreateApiKeyInput {
    const kind = terms.kind ?? 'secret';
    return { kind, name: 'a key', secret: newSecret(kind, random(32)), ...terms };
  }

  const makeKey = (by: string, terms: Partial<CreateApiKeyInput>) =>
    madeBy('key', run(by, createApiKey, keyInput(terms)));
  await run(systemKeyId, createMerchant, { name: 'M', currency: 'CNY', timezone: 'UTC' });
  const owner = await makeKey(systemKeyId, { role: 'owner' });

  return {
    storage,
    random,
    time,
    owner,
    run,
    codeOf,
    makeKey,
    askKey: (by: string, terms: Partial<CreateApiKeyInput>) => codeOf(run(by, createApiKey, keyInput(terms))),
    makeStaff: (role: Exclude<Role, 'public'>) =>
      madeBy('stf', run(owner, createStaff, { name: 'Li Na', role })),
    makeStore: (code: string) =>
      madeBy('store', run(owner, createStore, { code, name: code, region: null, legalEntityId: null })),
    makeDevice: (storeId: string) => madeBy('dev', run(owner, createDevice, { storeId, name: 'Till' })),
    /** Whether a key may still do something that its permissions allow. */
    isGood: async (keyId: string) =>
      (await codeOf(
        run(keyId, createStore, { code: 'N', name: 'N', region: null, legalEntityId: unknownId }),
      )) !== 'unauthenticated',
  };
}
