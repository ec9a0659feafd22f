import { createHmac } from 'node:crypto';
import { assert } from '../kernel/assert.ts';
import type { Random } from '../kernel/random.ts';
import { type ApprovalDesk, readBack, updatePolicy, written } from '../modules/approvals/index.ts';
import { createBatch, releaseBatch } from '../modules/batches/index.ts';
import {
  adjustCard,
  deactivateCard,
  refundRedemption,
  startAction,
  voidCard,
} from '../modules/cards/index.ts';
import { refundPurchase } from '../modules/checkout/index.ts';
import { adjustStatement } from '../modules/clearing/index.ts';
import { giveCoupon } from '../modules/coupons/index.ts';
import { approveDividend } from '../modules/dividends/index.ts';
import { startApply, startReverse } from '../modules/imports/index.ts';
import { invite } from '../modules/invitations/index.ts';
import { cancelMembership } from '../modules/memberships/index.ts';
import { mergeMembers } from '../modules/merging/index.ts';
import { refundOrder } from '../modules/payments/index.ts';
import { createApiKey, createRole, createStaff, updateRole, updateStaff } from '../modules/people/index.ts';
import { adjustPoints } from '../modules/points/index.ts';
import {
  createRechargeBatch,
  releaseRechargeBatch,
  voidRechargeCard,
} from '../modules/rechargecards/index.ts';
import { resetPassword } from '../modules/signin/index.ts';
import { adjustWallet, refundTopUp } from '../modules/wallets/index.ts';
import type { KeyRing } from '../platform/config/keys.ts';
import { seal, unseal } from '../platform/crypto/seal.ts';
import type { UseCase } from '../platform/executor/useCase.ts';
import { parseStrict } from '../platform/http/json.ts';

type AnyUseCase = UseCase<never, unknown, unknown>;

/** What may wait for a second person, by name: each use case with a `secondPerson`. */
const watched: ReadonlyMap<string, AnyUseCase> = new Map(
  [
    ...[createBatch, releaseBatch, adjustCard, voidCard, startAction, refundRedemption, updatePolicy],
    ...[deactivateCard, cancelMembership],
    ...[
      createRechargeBatch,
      releaseRechargeBatch,
      voidRechargeCard,
      refundOrder,
      refundTopUp,
      adjustPoints,
      giveCoupon,
      adjustWallet,
    ],
    ...[refundPurchase, approveDividend, adjustStatement, mergeMembers, startApply, startReverse],
    ...[createStaff, updateStaff, createRole, updateRole, createApiKey, invite, resetPassword],
    // They are of all kinds of input, and each is only ever given what it was asked with itself.
  ].map((useCase) => [useCase.name, useCase as unknown as AnyUseCase]),
);

/** Sets the desk up where commands wait for a second person. */
export function approvalDesk({ seal: ring }: { readonly seal: KeyRing }, random: Random): ApprovalDesk {
  const key = ring.keys.get(ring.current);
  assert(key !== undefined, 'a key ring has its current key');
  const hashKey = createHmac('sha256', key).update('approvals.input').digest();
  return {
    useCase: (name) => watched.get(name),
    keep: (input, context) =>
      seal(ring, Buffer.from(JSON.stringify(written(input))), `approval|${context}`, random),
    // It was sealed with the name of the use case that it is the input of.
    open: (sealed, context) => readBack(parseStrict(unseal(ring, sealed, `approval|${context}`))) as never,
    hashOf: (useCase, input) =>
      createHmac('sha256', hashKey)
        .update(`${useCase}|${JSON.stringify(written(input))}`)
        .digest(),
  };
}
