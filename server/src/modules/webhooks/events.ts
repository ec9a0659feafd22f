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
  'device.created': { subject: 'dev', details: ['name'] },
  'device.paired': only('dev'),
  'device.revoked': only('dev'),
  'device.updated': { subject: 'dev', details: ['before', 'after'] },
  'hold.expired': card(),
  'hold.placed': card(),
  'hold.released': card(),
  'hold.reversed': card(),
  'invitation.accepted': only('inv'),
  'invitation.created': only('inv'),
  'invitation.revoked': only('inv'),
  'legal_entity.created': { subject: 'ent', details: ['name', 'registration'] },
  'member.enrolled': { subject: 'mem', details: ['language'] },
  'member.erased': only('mem'),
  'member.updated': { subject: 'mem', details: ['renamed', 'readdressed', 'language'] },
  'merchant.updated': only('mer'),
  'program.created': { subject: 'prog', details: ['kind', 'version'] },
  'program.edited': { subject: 'prog', details: ['version'] },
  'program.retired': only('prog'),
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
  'store.created': { subject: 'store', details: ['code', 'name', 'region'] },
  'store.updated': { subject: 'store', details: [] },
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
