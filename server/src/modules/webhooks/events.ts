/** What of an entry of the log a message shows besides who, when, where and how much. */
type Shown = {
  /** What the ids of its subjects begin with. */
  readonly subject: string;
  /** Which of its details go out. Those that people write (reasons, names of persons) are not among them. */
  readonly details: readonly string[];
};

const card = (...details: string[]): Shown => ({ subject: 'card', details });
const payment = ['tender', 'paymentReference'];

/**
 * Every kind of news. What is not in this list is never sent, so a new kind of activity says here what may go out;
 * what happens to staff, roles, invitations and keys does not.
 */
export const eventTypes = {
  'batch.created': { subject: 'batch', details: ['quantity'] },
  'batch.ready': { subject: 'batch', details: ['quantity'] },
  'batch.failed': { subject: 'batch', details: ['done'] },
  'batch.released': { subject: 'batch', details: ['quantity'] },
  'card.activated': card(...payment, 'salePrice'),
  'card.adjusted': card('balance'),
  'card.captured': card('balance'),
  'card.deactivated': card(),
  'card.expired': card(),
  'card.extended': card('before', 'until'),
  'card.frozen': card('cause'),
  'card.issued': card('balance'),
  'card.pin_unlocked': card(),
  'card.reactivated': card('before', 'until'),
  'card.redeemed': card('balance'),
  'card.refunded': card('balance'),
  'card.reloaded': card(...payment, 'balance'),
  'card.replaced': card(),
  'card.reversed': card('balance'),
  'card.transferred': card(),
  'card.unfrozen': card(),
  'card.voided': card('balance'),
  'device.created': { subject: 'dev', details: ['name'] },
  'device.renamed': { subject: 'dev', details: ['name'] },
  'device.revoked': { subject: 'dev', details: [] },
  'hold.expired': card(),
  'hold.placed': card(),
  'hold.released': card(),
  'hold.reversed': card(),
  'legal_entity.created': { subject: 'ent', details: ['name', 'registration'] },
  'program.created': { subject: 'prog', details: ['kind', 'version'] },
  'program.edited': { subject: 'prog', details: ['version'] },
  'program.retired': { subject: 'prog', details: [] },
  'shift.closed': { subject: 'shift', details: ['currency', 'difference'] },
  'shift.corrected': { subject: 'shift', details: ['currency'] },
  'shift.counted': { subject: 'shift', details: ['currency'] },
  'shift.opened': { subject: 'shift', details: ['currency'] },
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
