import { type Refusal, refused } from '../../kernel/outcome.ts';
import { entity, finder } from '../../platform/executor/entity.ts';

/** A command that waits for a second person, and what came of it. */
export type Approval = {
  readonly id: string;
  /** The rule of the policy that it falls under. */
  readonly kind: string;
  readonly useCase: string;
  /** What it takes to do it, and so to approve it. */
  readonly permission: string;
  readonly inputSealed: Buffer;
  readonly inputHash: Buffer;
  /** What will happen, as JSON text. */
  readonly diff: string;
  /** Which diff it is, the first being 1: what was shown is what is approved. */
  readonly revision: number;
  readonly storeId: string | null;
  readonly amount: bigint | null;
  /** The key or the member of staff. */
  readonly askedBy: string;
  /** The key that it was asked by; null: somebody who was signed in. */
  readonly keyId: string | null;
  /** The persons behind who asked. None of them approves it. */
  readonly persons: readonly string[];
  readonly idempotencyKey: string | null;
  readonly fingerprint: Buffer | null;
  /** `permitted`: who asked may do it now, once. */
  readonly state: 'pending' | 'permitted' | 'done' | 'rejected' | 'withdrawn' | 'expired';
  readonly decidedBy: string | null;
  readonly decidedByPerson: string | null;
  readonly decidedAt: Date | null;
  readonly reason: string | null;
  /** What the command answered, once it was carried out. */
  readonly result: string | null;
  readonly createdAt: Date;
  /** Until when it may be decided; once permitted, until when it may be done. */
  readonly expiresAt: Date;
};

export const approvals = entity<Approval>('approval', (approval) => approval.id);
export const approvalById = finder(approvals, 'byId', (approval) => [approval.id]);
/** Those of the same command, down to its input. Ones that are over may be among them while they are in memory. */
export const permittedFor = finder(approvals, 'permittedFor', (approval) => [
  approval.inputHash.toString('hex'),
]);

/** What the entry in the log is called by which something began to wait. */
export const requested = 'approval.requested';

const hourMs = 60 * 60_000;
/** So long who asked may do what was permitted: a day. */
export const permittedMs = 24 * hourMs;

export function waitsUntil(now: Date, waitHours: number): Date {
  return new Date(now.getTime() + waitHours * hourMs);
}

/** Why nothing can be decided about it any more. */
export function mayBeDecided({ state, expiresAt }: Approval, now: Date): Refusal | undefined {
  if (state === 'expired' || (state === 'pending' && now >= expiresAt)) return refused('approval_expired');
  return state === 'pending' ? undefined : refused('approval_not_pending', { detail: `It is ${state}.` });
}

/** What its state is at this time, whether or not the job has noted it yet. */
export function stateAt({ state, expiresAt }: Approval, now: Date): Approval['state'] {
  return (state === 'pending' || state === 'permitted') && now >= expiresAt ? 'expired' : state;
}
