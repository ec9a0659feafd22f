import { type Mutant, mutant } from './mutant.ts';

/** Mistakes in what keeps one person from deciding alone. */
export const approvalMutants: readonly Mutant[] = [
  mutant(
    'who asked is their own second person',
    'approvals',
    'modules/approvals/approve.ts',
    'mayBeSecond(context.actor, command, approval.persons, context)',
    'mayBeSecond(context.actor, command, [], context)',
  ),
  mutant(
    'who made a key is not behind it',
    'approvals',
    'modules/approvals/approvers.ts',
    '(makerId !== undefined && makerId !== personId)',
    "(makerId !== undefined && makerId === '')",
  ),
  mutant(
    'a second person may be one who could not do it',
    'approvals',
    'modules/approvals/approvers.ts',
    'if (denied) return denied;',
    "if (denied?.refused === 'ledger_frozen') return denied;",
  ),
  mutant(
    'what is approved is not what was shown',
    'approvals',
    'modules/approvals/approve.ts',
    'if (diff !== approval.diff) return',
    "if (diff === '') return",
  ),
  mutant(
    'an older revision is approved',
    'approvals',
    'modules/approvals/approve.ts',
    'if (revision !== approval.revision)',
    'if (revision > approval.revision)',
  ),
  mutant(
    'what is over is decided again',
    'approvals',
    'modules/approvals/approval.ts',
    "return state === 'pending' ? undefined :",
    "return state !== 'withdrawn' ? undefined :",
  ),
  mutant(
    'what was permitted is permitted for ever',
    'permits',
    'modules/approvals/fourEyes.ts',
    "state === 'permitted' && askedBy === asker.id && context.now < expiresAt",
    "state === 'permitted' && askedBy === asker.id && expiresAt !== null",
  ),
  mutant(
    'what was permitted to one is permitted to all',
    'permits',
    'modules/approvals/fourEyes.ts',
    "state === 'permitted' && askedBy === asker.id && context.now < expiresAt",
    "state === 'permitted' && context.now < expiresAt",
  ),
];

/** Mistakes in what a device is let do. */
export const deviceMutants: readonly Mutant[] = [
  mutant(
    'a revoked device goes on',
    'devices',
    'modules/signin/session/gate.ts',
    "device?.state !== 'active') return undefined;",
    'device === undefined) return undefined;',
  ),
  mutant(
    'a device acts for every store',
    'devices',
    'modules/people/limits/onDevice.ts',
    'storeIds: new Set(here)',
    'storeIds: here.length > 0 ? storeIds : new Set(here)',
  ),
  mutant(
    'the day of a device is not counted',
    'devices',
    'modules/people/limits/onDevice.ts',
    'claim: both(actor.claim, dayClaim(find, device.id, limits)),',
    'claim: both(actor.claim, undefined),',
  ),
  mutant(
    'six digits do whatever their owner may',
    'devices',
    'modules/signin/session/gate.ts',
    'session.byPin ? counterOnly(themselves.permissions)',
    'session.byPin ? themselves.permissions',
  ),
  mutant(
    'a code pairs again',
    'devices',
    'modules/signin/devices/pairDevice.ts',
    '{ ...pairing, codeHash: null, codeExpiresAt: null, tokenHash',
    '{ ...pairing, tokenHash',
  ),
  mutant(
    'guesses at digits are not counted',
    'devices',
    'modules/signin/devices/routes.ts',
    '  if (tooMany) return tooMany;\n  const kept',
    '  if (tooMany && pin.length === 0) return tooMany;\n  const kept',
  ),
  mutant(
    'who was signed in on the browser before stays so',
    'devices',
    'modules/signin/devices/pairDevice.ts',
    '.filter(({ endedAt }) => endedAt === null)',
    '.filter(({ endedAt }) => endedAt !== null)',
  ),
];
