import { assert } from '../kernel/assert.ts';
import { encodeId, newId } from '../kernel/id.ts';
import type { Random } from '../kernel/random.ts';
import { accept, createOwner, firstOwnerRoutes, invitationRoutes } from '../modules/invitations/index.ts';
import { genesisHash, openJournal } from '../modules/ledger/index.ts';
import { type AsWallet, walletId } from '../modules/members/index.ts';
import { createMerchant } from '../modules/merchants/index.ts';
import { createApiKey, newSecret, systemKeyId } from '../modules/people/index.ts';
import type { Desk } from '../modules/signin/index.ts';
import type { Pool } from '../platform/db/connection.ts';
import { writeAside } from '../platform/db/read.ts';
import type { Answer } from '../platform/executor/batch.ts';
import type { Executor } from '../platform/executor/executor.ts';
import type { UseCase } from '../platform/executor/useCase.ts';
import type { Route } from '../platform/http/route.ts';

/** What of the runtime it takes to act as the system. */
type Stand = {
  readonly executor: Executor;
  readonly writers: Pool;
  readonly clock: () => Date;
  readonly random: Random;
};

/** Runs a use case as the system itself: the operator at the command line, or a job. */
export async function asSystem<Input, Rows, Result>(
  runtime: Pick<Stand, 'executor'>,
  merchantId: string,
  useCase: UseCase<Input, Rows, Result>,
  input: Input,
): Promise<Exclude<Answer, { readonly failed: unknown }>> {
  // The executor keeps commands of all use cases in one queue, so it forgets what each one's input is.
  const command = { useCase, input, keyId: systemKeyId, idempotencyKey: null, fingerprint: null } as unknown;
  return runtime.executor.run(merchantId, command as Parameters<Executor['run']>[1]);
}

/** Runs use cases as the wallet, which members act through. */
export function asWallet(executor: Executor): AsWallet {
  return (merchantId, useCase, input, replay) => {
    const { idempotencyKey = null, fingerprints = [] } = replay ?? {};
    const [fingerprint = null, ...earlierFingerprints] = fingerprints;
    const keyId = walletId;
    // As in `asSystem`.
    const command = { useCase, input, keyId, idempotencyKey, fingerprint, earlierFingerprints } as unknown;
    return executor.run(merchantId, command as Parameters<Executor['run']>[1]);
  };
}

export type NewMerchant = { readonly name: string; readonly currency: string; readonly timezone: string };

/** Makes a merchant with its journal, and nobody yet who may do anything for it. */
async function openBooks(runtime: Stand, merchant: NewMerchant): Promise<string> {
  const merchantId = newId(runtime.clock(), runtime.random);
  await writeAside(runtime.writers, merchantId, (db) => openJournal(db, merchantId, genesisHash(merchantId)));
  const made = await asSystem(runtime, merchantId, createMerchant, merchant);
  assert('body' in made, 'a merchant can be made on its own fresh journal');
  return merchantId;
}

/** Makes a merchant with its journal and its first key, which may do everything and is shown this once. */
export async function openMerchant(runtime: Stand, merchant: NewMerchant) {
  const merchantId = await openBooks(runtime, merchant);
  const secret = newSecret('secret', runtime.random(32));
  const key = await asSystem(runtime, merchantId, createApiKey, {
    kind: 'secret',
    name: 'Owner',
    role: 'owner',
    secret,
  });
  assert('body' in key, 'the system can make the first key');
  return { id: merchantId, merchantId: encodeId('mer', merchantId), apiKey: secret.text };
}

/** How people come to work for a merchant, and how a fresh server gets its first: carried out by the system. */
export function hiringRoutes(parts: Stand & { readonly signin: Desk }): readonly Route[] {
  const { signin: desk, clock } = parts;
  return [
    ...invitationRoutes({
      desk,
      clock,
      async accept(merchantId, input) {
        const answer = await asSystem(parts, merchantId, accept, input);
        return 'refusal' in answer ? answer.refusal : undefined;
      },
    }),
    ...firstOwnerRoutes({
      desk,
      async openFor(merchant, owner) {
        const merchantId = await openBooks(parts, merchant);
        const made = await asSystem(parts, merchantId, createOwner, owner);
        assert('body' in made, 'the system can make the first owner');
        return merchantId;
      },
    }),
  ];
}
