/** What of an entry of the log a message shows besides who, when, where and how much. */
type Shown = {
  /** What the ids of its subjects begin with. */
  readonly subject: string;
  /** Which of its details go out. Those that people write (reasons, names of persons) are not among them. */
  readonly details: readonly string[];
};

const card = (...details: string[]): Shown => ({ subject: 'card', details });
const payment = ['tender', 'paymentReference'];
/** News of which nothing is told but whom or what it is about, by id. */
const only = (subject: string): Shown => ({ subject, details: [] });
const approval = (...details: string[]): Shown => ({ subject: 'apr', details });

/**
 * Every kind of news. What is not in this list is never sent, so a new kind of activity says here what may go out. Of
 * people, whoever they are, their id alone does: who receives it asks for the rest with a key that may see it.
 */
export const eventTypes = {
  'api_key.created': only('key'),
  'api_key.revoked': only('key'),
  'approval.approved': approval('kind', 'command'),
  'approval.expired': approval('was'),
  'approval.outdated': approval('revision'),
  'approval.rejected': approval('kind'),
  'approval.requested': approval('kind', 'command'),
  'approval.used': approval(),
  'approval.withdrawn': approval('kind'),
  'approval_policy.updated': { subject: 'mer', details: ['before', 'after'] },
  'bonus_rule.created': only('bon'),
  'bonus_rule.ended': only('bon'),
  'batch.created': { subject: 'batch', details: ['quantity'] },
  'batch.ready': { subject: 'batch', details: ['quantity'] },
  'batch.failed': { subject: 'batch', details: ['done'] },
  'batch.released': { subject: 'batch', details: ['quantity'] },
  'card.activated': card(...payment, 'salePrice'),
  'card.adjusted': card('balance'),
  'card.bound': card('by'),
  'card.captured': card('balance'),
  'card.deactivated': card(),
  'card.expired': card(),
  'card.extended': card('before', 'until'),
  'card.frozen': card('cause'),
  'card.gift_claimed': card('giftId'),
  'card.issued': card('balance'),
  'card.moved_to_wallet': card('memberId'),
  'card.offer_withdrawn': card('giftId'),
  'card.offered': card('giftId', 'expiresAt'),
  'card.pin_unlocked': card(),
  'card.reactivated': card('before', 'until'),
  'card.redeemed': card('balance'),
  'card.refunded': card('balance'),
  'card.reloaded': card(...payment, 'balance'),
  'card.replaced': card(),
  'card.reversed': card('balance'),
  'card.transferred': card(),
  'card.unbound': card(),
  'card.unfrozen': card(),
  'card.voided': card('balance'),
  'cards.action_started': { subject: 'cact', details: ['verb', 'until', 'cards'] },
  'complaint.answered': { subject: 'mem', details: ['complaintId'] },
  'complaint.made': { subject: 'mem', details: ['complaintId'] },
  'acceptance.set': only('stv'),
  'settlement_payment.paid': only('spy'),
  'settlement_period.closed': { subject: 'stp', details: ['number'] },
  'settlement_period.drawn': { subject: 'stp', details: ['number', 'until'] },
  'settlement_period.netted': { subject: 'stp', details: ['number'] },
  'settlement_plan.set': { subject: 'mer', details: ['before', 'after'] },
  'settlement_statement.adjusted': { subject: 'sst', details: ['currency'] },
  'settlement_statement.confirmed': only('sst'),
  'settlement_statement.disputed': only('sst'),
  'settlement_statement.withdrawn': only('sst'),
  'store_day.closed': { subject: 'dcl', details: ['number', 'differences'] },
  'settlement_party.created': only('pty'),
  'settlement_terms.set': only('stv'),
  'device.created': { subject: 'dev', details: ['name'] },
  'device.paired': only('dev'),
  'device.revoked': only('dev'),
  'device.updated': { subject: 'dev', details: ['before', 'after'] },
  'hold.expired': card(),
  'hold.placed': card(),
  'hold.released': card(),
  'hold.reversed': card(),
  'import.applied': {
    subject: 'imp',
    details: ['created', 'updated', 'skipped', 'refused', 'principal', 'bonus', 'points'],
  },
  'import.apply_started': { subject: 'imp', details: ['good', 'bad'] },
  'import.cancelled': only('imp'),
  'import.checked': { subject: 'imp', details: ['good', 'known', 'bad'] },
  'import.failed': { subject: 'imp', details: ['failure'] },
  'import.reverse_started': only('imp'),
  'import.reversed': { subject: 'imp', details: ['principal', 'bonus', 'points', 'withdrawn'] },
  'import.uploaded': { subject: 'imp', details: ['kind', 'format', 'sha256', 'bytes'] },
  'invitation.accepted': only('inv'),
  'invitation.created': only('inv'),
  'invitation.revoked': only('inv'),
  'legal_entity.created': { subject: 'ent', details: ['name', 'registration'] },
  'member.enrolled': { subject: 'mem', details: ['language'] },
  'member.erased': only('mem'),
  'member.exported': only('mem'),
  'member.merged': {
    subject: 'mem',
    details: ['fromId', 'principal', 'bonus', 'points', 'pointsOwed', 'cards', 'membershipDays'],
  },
  'member.merged_away': { subject: 'mem', details: ['intoId'] },
  'member.phone_changed': only('mem'),
  'member.updated': { subject: 'mem', details: ['renamed', 'readdressed', 'language'] },
  'membership.cancelled': { subject: 'mbs', details: ['memberId'] },
  'membership.joined': { subject: 'mbs', details: ['memberId', 'planId', 'lastDay', ...payment] },
  'membership.merged': { subject: 'mbs', details: ['memberId', 'lastDay', 'days'] },
  'membership.paused': { subject: 'mbs', details: ['memberId', 'lastDay', 'until'] },
  'membership.renewed': { subject: 'mbs', details: ['memberId', 'planId', 'lastDay', ...payment] },
  'membership.resumed': { subject: 'mbs', details: ['memberId', 'lastDay'] },
  'membership.tier_changed': { subject: 'mem', details: ['before', 'after'] },
  'membership.tier_given': { subject: 'mem', details: ['tierId', 'lastDay'] },
  'membership.upgraded': { subject: 'mbs', details: ['memberId', 'planId', 'lastDay', ...payment] },
  'membership_plan.created': { subject: 'mpl', details: ['version'] },
  'membership_plan.edited': { subject: 'mpl', details: ['version'] },
  'membership_tiers.set': { subject: 'mer', details: ['number'] },
  'merchant.updated': only('mer'),
  'payment_channel.created': { subject: 'pch', details: ['kind', 'account'] },
  'payment_channel.updated': { subject: 'pch', details: ['state', 'lateRule', 'renewed'] },
  'payment_order.closed': only('pay'),
  'payment_order.differs': { subject: 'pay', details: ['kind', 'transaction'] },
  'payment_order.difference_resolved': { subject: 'pay', details: ['how', 'kind'] },
  'payment_order.expired': only('pay'),
  'payment_order.paid': { subject: 'pay', details: ['channel', 'transaction', 'memberId', 'bonus'] },
  'payment_order.placed': { subject: 'pay', details: ['channel'] },
  'payment_order.refund_begun': { subject: 'pay', details: ['refundId'] },
  'payment_order.refund_failed': { subject: 'pay', details: ['refundId', 'failure'] },
  'payment_order.refunded': { subject: 'pay', details: ['refundId'] },
  'program.created': { subject: 'prog', details: ['kind', 'version'] },
  'program.face_set': { subject: 'prog', details: ['before', 'after'] },
  'program.edited': { subject: 'prog', details: ['version'] },
  'program.retired': only('prog'),
  'recharge_batch.created': { subject: 'rcb', details: ['prefix', 'quantity'] },
  'recharge_batch.failed': { subject: 'rcb', details: ['done'] },
  'recharge_batch.ready': { subject: 'rcb', details: ['quantity'] },
  'recharge_batch.released': { subject: 'rcb', details: ['quantity'] },
  'recharge_batch.voided': only('rcb'),
  'recharge_card.sold': { subject: 'rcc', details: [...payment, 'salePrice'] },
  'recharge_card.unlocked': only('rcc'),
  'recharge_card.used': { subject: 'rcc', details: ['memberId', 'bonus'] },
  'recharge_card.voided': only('rcc'),
  'role.created': only('role'),
  'role.updated': only('role'),
  'session.ended': only('stf'),
  'settings.changed': { subject: 'mer', details: ['before', 'after'] },
  'shift.closed': { subject: 'shift', details: ['currency', 'difference'] },
  'shift.corrected': { subject: 'shift', details: ['currency'] },
  'shift.counted': { subject: 'shift', details: ['currency'] },
  'shift.opened': { subject: 'shift', details: ['currency'] },
  'staff.created': only('stf'),
  'staff.password_link_asked': only('stf'),
  'staff.returned': only('stf'),
  'staff.updated': only('stf'),
  'category.created': { subject: 'cat', details: ['nameZh', 'nameEn'] },
  'category.renamed': { subject: 'cat', details: ['nameZh', 'nameEn'] },
  'dividend.approved': { subject: 'div', details: ['members'] },
  'dividend.cancelled': only('div'),
  'dividend.counted': { subject: 'div', details: ['members'] },
  'dividend.created': { subject: 'div', details: ['firstDay', 'lastDay'] },
  'dividend.credited': { subject: 'div', details: ['members', 'paid'] },
  'gift_item.created': { subject: 'gft', details: ['nameZh', 'nameEn', 'points'] },
  'gift_item.stocked': { subject: 'gft', details: ['pieces'] },
  'gift_item.updated': { subject: 'gft', details: ['nameZh', 'nameEn', 'points', 'state'] },
  'gift_order.cancelled': only('gor'),
  'gift_order.handed': { subject: 'gor', details: ['memberId', 'giftId', 'quantity', 'points'] },
  'gift_order.placed': { subject: 'gor', details: ['memberId', 'giftId', 'quantity', 'points'] },
  'points.adjusted': { subject: 'mem', details: ['points', 'usable'] },
  'points.lapsed': { subject: 'mem', details: ['points'] },
  'points.transferred': { subject: 'mem', details: ['points', 'to'] },
  'points_scheme.set': { subject: 'psc', details: ['number', 'validFrom'] },
  'product.created': { subject: 'prd', details: ['sku', 'nameZh', 'nameEn', 'price'] },
  'product.updated': { subject: 'prd', details: [] },
  'store.created': { subject: 'store', details: ['code', 'name', 'region'] },
  'store.updated': { subject: 'store', details: [] },
  'store_fund.paid_in': { subject: 'store', details: [...payment, 'deposit', 'available'] },
  'store_fund.paid_out': { subject: 'store', details: [...payment, 'deposit', 'available'] },
  'store_fund.set': { subject: 'store', details: ['keepsCash', 'creditLimit'] },
  'purchase.made': { subject: 'mem', details: ['total', 'discount', 'currency', 'balance'] },
  'purchase.refunded': { subject: 'mem', details: ['tenders', 'pointsTaken'] },
  'wallet.adjusted': { subject: 'mem', details: ['kind', 'balance'] },
  'wallet.balance_low': { subject: 'mem', details: ['balance', 'currency'] },
  'wallet.lapsed': { subject: 'mem', details: ['bonus', 'currency'] },
  'wallet.refunded': { subject: 'mem', details: [...payment, 'topUpId', 'rule', 'principal', 'bonus'] },
  'wallet.topped_up': { subject: 'mem', details: [...payment, 'topUpId', 'bonus', 'points', 'balance'] },
  'wallet_policy.set': { subject: 'mer', details: ['before', 'after'] },
  'webhook.disabled': { subject: 'wep', details: ['reason'] },
} as const satisfies Readonly<Record<string, Shown>>;

export type EventType = keyof typeof eventTypes;

/** A trial that a merchant asks for; it goes to the endpoint that it names, whatever that listens to. */
export const testType = 'webhook.tested';

const shown: Readonly<Record<string, Shown>> = {
  ...eventTypes,
  [testType]: { subject: 'wep', details: [] },
};

export const eventTypeWords: readonly EventType[] = Object.keys(eventTypes).filter(isEventType);

/** Tells whether it is a word of the list. */
function isEventType(word: string): word is EventType {
  return Object.hasOwn(eventTypes, word);
}

/** How an entry of the log is shown; undefined: not at all. */
export function shownOf(type: string): Shown | undefined {
  return shown[type];
}
