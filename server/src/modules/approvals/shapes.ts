import { z } from 'zod';
import { encodeId } from '../../kernel/id.ts';
import { jsonAmount } from '../../kernel/money.ts';
import type { Actor } from '../../platform/executor/useCase.ts';
import { fieldsOf } from '../../platform/http/merge.ts';
import { amountJson, idOut, instant } from '../../platform/http/shapes.ts';
import { accounts } from '../ledger/index.ts';
import { isPermission, kinds, permissionWords } from '../people/index.ts';
import { stateAt } from './approval.ts';
import { personsOf } from './approvers.ts';
import { isOwn } from './end.ts';
import type { ListedApproval } from './store.ts';

export const stateShape = z.enum(['pending', 'permitted', 'done', 'rejected', 'withdrawn', 'expired']);
const whoShape = z.object({
  id: z.string().meta({ description: 'stf_…: a member of staff; key_…: an API key.' }),
  name: z.string().nullable(),
});
const fields = z.record(z.string(), z.unknown());

const DiffShape = z.object({
  facts: z.array(z.object({ type: z.string(), amount: amountJson.nullable(), details: fields })),
  changes: z.array(
    z.object({
      what: z.string(),
      id: z.string().nullable().meta({ description: 'null: there is none yet, or none that is shown.' }),
      before: fields.nullable(),
      after: fields,
    }),
  ),
});

export const ApprovalShape = z.object({
  id: idOut('apr'),
  kind: z.enum(kinds),
  command: z.string(),
  permission: z.enum(permissionWords).nullable(),
  state: stateShape,
  revision: z.int().meta({ description: 'Which diff this is; approving names it.' }),
  amount: amountJson.nullable(),
  storeId: idOut('store').nullable(),
  askedBy: whoShape,
  isMine: z.boolean(),
  allowed: z.object({
    decide: z.boolean().meta({ description: 'Whether you may be the second person, as far as this tells.' }),
    withdraw: z.boolean(),
  }),
  decidedBy: whoShape.nullable(),
  decidedAt: instant.nullable(),
  reason: z.string().nullable(),
  diff: DiffShape,
  createdAt: instant,
  expiresAt: instant.meta({
    description: 'Until when it may be decided; once permitted, until when it may be done.',
  }),
});

type DiffShown = z.output<typeof DiffShape>;
const amountIn = (value: unknown): number => (typeof value === 'number' ? value : 0);

/** The same without what is on wallets: only how much moves there. Who may not know a balance would only have to ask. */
function withoutBalances({ facts, changes }: DiffShown): DiffShown {
  return {
    facts: facts.map((fact) => {
      const { balance, ...details } = fact.details;
      return fact.type.startsWith('wallet.') ? { ...fact, details } : fact;
    }),
    changes: changes.map((change) => {
      const { balance, ...after } = change.after;
      if (change.what !== accounts.name || after.purpose !== 'wallet' || balance === undefined) return change;
      const moved = amountIn(balance) - amountIn(change.before?.balance);
      return { ...change, before: null, after: { ...after, moved } };
    }),
  };
}

/** Who is shown it, and whether they may know what is on wallets. */
export type Sight = { readonly actor: Actor; readonly wallets: boolean; readonly now: Date };

/** An approval as the API shows it to somebody. */
export function approvalAnswer(
  row: ListedApproval,
  { actor, wallets, now }: Sight,
): z.input<typeof ApprovalShape> {
  const state = stateAt(row, now);
  const isMine = isOwn(row, actor);
  const diff = fieldsOf(row.diff, DiffShape);
  return {
    id: encodeId('apr', row.id),
    kind: kinds.find((kind) => kind === row.kind) ?? 'grant',
    command: row.useCase,
    permission: isPermission(row.permission) ? row.permission : null,
    state,
    revision: row.revision,
    amount: row.amount === null ? null : jsonAmount(row.amount),
    storeId: row.storeId === null ? null : encodeId('store', row.storeId),
    askedBy: { id: encodeId(row.keyId === null ? 'stf' : 'key', row.askedBy), name: row.askedByName },
    isMine,
    allowed: {
      decide:
        state === 'pending' &&
        !isMine &&
        personsOf(actor).length > 0 &&
        actor.permissions.has('approvals.decide') &&
        actor.permissions.has(row.permission) &&
        (actor.storeIds === null || (row.storeId !== null && actor.storeIds.has(row.storeId))),
      withdraw: state === 'pending' && isMine,
    },
    decidedBy:
      row.decidedBy === null ? null : { id: encodeId('stf', row.decidedBy), name: row.decidedByName },
    decidedAt: row.decidedAt?.toISOString() ?? null,
    reason: row.reason,
    diff: wallets ? diff : withoutBalances(diff),
    createdAt: row.createdAt.toISOString(),
    expiresAt: row.expiresAt.toISOString(),
  };
}

const limitIn = z
  .int()
  .min(0)
  .max(1e15)
  .transform((n) => BigInt(n));
const limitedRule = z
  .strictObject({ isOn: z.boolean().optional(), above: limitIn.optional() })
  .refine((rule) => Object.keys(rule).length > 0, 'must change something');
const rule = z.strictObject({ isOn: z.boolean() });
const limitedOut = z.object({ isOn: z.boolean(), above: amountJson });
const ruleOut = z.object({ isOn: z.boolean() });
const able = z
  .int()
  .meta({ description: 'How many people could be a second one: hold what it takes, and sign in.' });

export const PolicyIn = z
  .strictObject({
    waitHours: z.int().min(1).max(720).optional(),
    stepUpAbove: limitIn.optional(),
    rules: z
      .strictObject({
        ...{ issue: limitedRule.optional(), adjust: limitedRule.optional(), void: limitedRule.optional() },
        ...{
          refund: limitedRule.optional(),
          settle: limitedRule.optional(),
          release: rule.optional(),
          grant: rule.optional(),
          dividend: rule.optional(),
          merge: rule.optional(),
        },
      })
      .optional(),
  })
  .refine((body) => Object.keys(body).length > 0, 'must change something');

export const PolicyOut = z.object({
  rules: z.object({
    ...{ issue: limitedOut, adjust: limitedOut, void: limitedOut, refund: limitedOut, settle: limitedOut },
    ...{ release: ruleOut, grant: ruleOut, dividend: ruleOut, merge: ruleOut, policy: ruleOut },
  }),
  waitHours: z.int(),
  stepUpAbove: amountJson.meta({ description: 'Above it who is signed in proves anew who they are.' }),
});

export const PolicyAnswer = PolicyOut.extend({
  people: z.object(Object.fromEntries(kinds.map((kind) => [kind, able]))).meta({
    description:
      'A rule holds for whoever asks while somebody else could be the second person; until then one person does it alone.',
  }),
});
