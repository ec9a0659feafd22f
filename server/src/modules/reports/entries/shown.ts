import { z } from 'zod';
import { activityId, encodeId } from '../../../kernel/id.ts';
import { jsonAmount } from '../../../kernel/money.ts';
import { amountJson, currencyCode, idOut, instant } from '../../../platform/http/shapes.ts';
import { serialText } from '../../cards/index.ts';
import { ownerIdOut } from '../../ledger/index.ts';
import type { Entry, EntryPosting } from './store.ts';

const actor = z.object({
  id: z.union([idOut('stf'), idOut('key')]),
  kind: z.enum(['staff', 'key', 'system']),
  name: z.string().nullable().meta({ description: 'For those who may see people; else null.' }),
  deviceName: z.string().nullable(),
});

const common = {
  occurredAt: instant,
  actor,
  storeId: idOut('store').nullable(),
  cardId: idOut('card').nullable(),
  serial: z.string().nullable(),
  last4: z.string().nullable(),
  amount: amountJson.nullable(),
  currency: currencyCode.nullable(),
  reference: z.string().nullable(),
};

export const redemptionShape = z.object({
  id: idOut('red'),
  ...common,
  captured: z.boolean().meta({ description: 'It was held before.' }),
  returned: amountJson.meta({ description: 'What has gone back of it.' }),
  reversed: z.boolean(),
});
export const refundShape = z.object({
  id: z.union([idOut('ref'), idOut('rev')]),
  ...common,
  redemptionId: idOut('red').nullable(),
  reason: z.string().nullable(),
});
export const activityShape = z.object({
  id: idOut('act'),
  type: z.string(),
  ...common,
  subjectId: z
    .string()
    .nullable()
    .meta({ description: 'What it happened to: card_…, store_…, stf_… and so on.' }),
  relatedId: idOut('act')
    .nullable()
    .meta({ description: 'The earlier activity that it refunds, reverses, captures or releases.' }),
  details: z.record(z.string(), z.unknown()),
});
export const activityWithPostings = activityShape.extend({
  postings: z.array(
    z.object({
      accountId: idOut('acct'),
      ownerId: z.string(),
      purpose: z.string(),
      detail: z.string(),
      asset: z.string(),
      amount: amountJson,
      balanceAfter: amountJson.nullable().meta({
        description: 'null: of a wallet, whose balance the house hides from who does not keep its books.',
      }),
    }),
  ),
});

const system = '00000000-0000-0000-0000-000000000000';

function commonOf(entry: Entry, seesPeople: boolean) {
  const { actorId, byStaff, serial, storeId } = entry;
  const isCard = serial !== null && entry.subjectId !== null;
  return {
    occurredAt: entry.occurredAt.toISOString(),
    actor: {
      id: encodeId(byStaff ? 'stf' : 'key', actorId),
      kind: byStaff ? ('staff' as const) : actorId === system ? ('system' as const) : ('key' as const),
      name: seesPeople ? entry.actorName : null,
      deviceName: entry.deviceName,
    },
    storeId: storeId === null ? null : encodeId('store', storeId),
    cardId: isCard && entry.subjectId !== null ? encodeId('card', entry.subjectId) : null,
    serial: serial === null ? null : serialText(serial),
    last4: entry.last4,
    amount: entry.amount === null ? null : jsonAmount(entry.amount),
    currency: entry.currency,
    reference: entry.reference,
  };
}

const idOf = (prefix: string, { occurredAt, seq }: Pick<Entry, 'occurredAt' | 'seq'>) =>
  encodeId(prefix, activityId(occurredAt, seq));

const relatedOf = ({ relatedAt, relatedSeq }: Entry, prefix: string) =>
  relatedAt === null || relatedSeq === null ? null : idOf(prefix, { occurredAt: relatedAt, seq: relatedSeq });

/** A redemption as the list shows it. */
export function redemptionOf(entry: Entry, seesPeople: boolean) {
  return {
    id: idOf('red', entry),
    ...commonOf(entry, seesPeople),
    captured: entry.type === 'card.captured',
    returned: jsonAmount(entry.returned),
    reversed: entry.reversed,
  };
}

/** A refund or a reversal as the list shows it. */
export function refundOf(entry: Entry, seesPeople: boolean) {
  const { reason } = entry.details;
  return {
    id: idOf(entry.type === 'card.reversed' ? 'rev' : 'ref', entry),
    ...commonOf(entry, seesPeople),
    redemptionId: relatedOf(entry, 'red'),
    reason: typeof reason === 'string' ? reason : null,
  };
}

/** What the subject of an activity is, by the first word of its type; others are the merchant itself. */
const subjectPrefixes: Readonly<Record<string, string>> = {
  card: 'card',
  hold: 'card',
  store: 'store',
  legal_entity: 'ent',
  region: 'reg',
  device: 'dev',
  staff: 'stf',
  session: 'stf',
  role: 'role',
  invitation: 'inv',
  api_key: 'key',
  program: 'prog',
  batch: 'batch',
  view: 'view',
  image: 'img',
  cards: 'cact',
  member: 'mem',
  complaint: 'mem',
  purchase: 'mem',
  points: 'mem',
  wallet: 'mem',
  membership_plan: 'mpl',
  points_scheme: 'psc',
  bonus_rule: 'bon',
  dividend: 'div',
  category: 'cat',
  product: 'prd',
  gift_item: 'gft',
  gift_order: 'gor',
  coupon: 'cpn',
  coupon_template: 'cpt',
  import: 'imp',
  shift: 'shift',
  recharge_batch: 'rcb',
  recharge_card: 'rcc',
  payment_channel: 'pch',
  payment_order: 'pay',
  acceptance: 'stv',
  settlement_terms: 'stv',
  settlement_party: 'pty',
  settlement_period: 'stp',
  settlement_statement: 'sst',
  settlement_payment: 'spy',
  store_day: 'dcl',
  store_fund: 'store',
  webhook: 'wep',
};

/** What of an activity somebody is shown: who did it, and what was on a wallet after it. */
export type Sight = { readonly people: boolean; readonly wallets: boolean };

/** What the log keeps of those that wallets pay or are filled by: what was left on it stands among it. */
const aboutWallets: readonly string[] = ['wallet', 'purchase', 'membership'];

/** An activity as the audit shows it. */
export function activityOf(entry: Entry, sight: Sight) {
  const [word = ''] = entry.type.split('.');
  const { balance, ...quiet } = entry.details;
  const isHidden = balance !== undefined && !sight.wallets && aboutWallets.includes(word);
  const prefix = subjectPrefixes[word] ?? 'mer';
  return {
    id: idOf('act', entry),
    type: entry.type,
    ...commonOf(entry, sight.people),
    subjectId: entry.subjectId === null ? null : encodeId(prefix, entry.subjectId),
    relatedId: relatedOf(entry, 'act'),
    details: isHidden ? quiet : entry.details,
  };
}

/** A posting with whose account it is on. */
export function postingOf(posting: EntryPosting, merchantId: string, sight: Sight) {
  const { purpose, detail, asset } = posting;
  return {
    accountId: encodeId('acct', posting.accountId),
    ownerId: ownerIdOut(posting, merchantId),
    purpose,
    detail,
    asset,
    amount: jsonAmount(posting.amount),
    balanceAfter: purpose === 'wallet' && !sight.wallets ? null : jsonAmount(posting.balanceAfter),
  };
}
