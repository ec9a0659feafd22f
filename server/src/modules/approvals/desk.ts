import { createHmac } from 'node:crypto';
import { assert } from '../../kernel/assert.ts';
import type { Random } from '../../kernel/random.ts';
import type { KeyRing } from '../../platform/config/keys.ts';
import { seal, unseal } from '../../platform/crypto/seal.ts';
import type { UseCase } from '../../platform/executor/useCase.ts';
import { createBatch, releaseBatch } from '../batches/index.ts';
import { adjustCard, refundRedemption, voidCard } from '../cards/index.ts';
import { invite } from '../invitations/index.ts';
import { createApiKey, createRole, createStaff, updateRole, updateStaff } from '../people/index.ts';
import { resetPassword } from '../signin/index.ts';
import { updatePolicy } from './updatePolicy.ts';
import { readBack, written } from './written.ts';

type AnyUseCase = UseCase<never, unknown, unknown>;

/** What may wait for a second person, by name. */
const watched: ReadonlyMap<string, AnyUseCase> = new Map(
  [
    ...[createBatch, releaseBatch, adjustCard, voidCard, refundRedemption, updatePolicy],
    ...[createStaff, updateStaff, createRole, updateRole, createApiKey, invite, resetPassword],
  ].map((useCase) => [useCase.name, useCase as unknown as AnyUseCase]),
);

/** What waits is kept by it, and read back. */
export type ApprovalDesk = {
  /** The use case of this name, if it may wait. */
  useCase(name: string): AnyUseCase | undefined;
  keep(input: unknown, context: string): Buffer;
  open(sealed: Buffer, context: string): never;
  /** By which the same input of the same command is found again. */
  hashOf(useCase: string, input: unknown): Buffer;
};

/** Sets the desk up where commands wait. */
export function approvalDesk({ seal: ring }: { readonly seal: KeyRing }, random: Random): ApprovalDesk {
  const key = ring.keys.get(ring.current);
  assert(key !== undefined, 'a key ring has its current key');
  const hashKey = createHmac('sha256', key).update('approvals.input').digest();
  return {
    useCase: (name) => watched.get(name),
    keep: (input, context) =>
      seal(ring, Buffer.from(JSON.stringify(written(input))), `approval|${context}`, random),
    // It is what the same use case was asked with: it was sealed with its name.
    open: (sealed, context) =>
      readBack(JSON.parse(unseal(ring, sealed, `approval|${context}`).toString())) as never,
    hashOf: (useCase, input) =>
      createHmac('sha256', hashKey)
        .update(`${useCase}|${JSON.stringify(written(input))}`)
        .digest(),
  };
}

/** What a sealed input is bound to: it does not open as that of another approval, command or merchant. */
export function inputContext(merchantId: string, id: string, useCase: string): string {
  return `${merchantId}|${id}|${useCase}`;
}
