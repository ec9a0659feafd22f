/** Every permission there is. A route or use case that asks for another word is a mistake, and a test says so. */
export const permissions = {
  'merchant.read': 'See the name, currency and time zone of the merchant, and who a key is.',
  'merchant.write': 'Change the address of the public pages, contact and terms.',
  'stores.read': 'See stores, legal entities and devices.',
  'stores.write': 'Add and change stores, legal entities and devices.',
  'people.read': 'See staff and API keys; never a key itself.',
  'people.write': 'Add and change staff; make and revoke API keys.',
  'programs.read': 'See card programs.',
  'programs.write': 'Make, change and retire card programs.',
  'batches.read': 'See batches of cards and how far they are.',
  'batches.write': 'Have batches of cards made.',
  'batches.release': 'Take out the codes of a batch, which can be done once.',
  'cards.read': 'See cards and their history; never a code or a PIN.',
  'cards.activate': 'Activate cards that were sold, and undo that before their first use.',
  'cards.verify': 'Ask what a card is good for.',
  'cards.redeem': 'Take payment from a card.',
  'cards.redeem_without_pin': 'Take payment from a card with a PIN while holding the card, without the PIN.',
  'cards.refund': 'Give back to a card what was redeemed.',
  'cards.reverse': 'Undo a transaction that was never answered, by its reference.',
  'cards.hold': 'Reserve an amount on a card; capture and release it.',
  'cards.reload': 'Put more on a card.',
  'cards.adjust': 'Correct the balance of a card, with a reason.',
  'cards.freeze': 'Freeze and unfreeze cards.',
  'cards.extend': 'Let cards end later, and bring expired ones back.',
  'cards.void': 'Void cards for ever.',
  'cards.transfer': 'Give a card to another holder under a new code and PIN.',
  'cards.replace': 'Replace a lost or faulty card by a new one.',
  'cards.unlock_pin': 'Unlock the PIN of a card after too many wrong ones.',
  'members.read': 'See members by name, with most of the phone number hidden, their cards and complaints.',
  'members.write': 'Enrol members, change what is kept of them, give cards to them, answer complaints.',
  'members.erase': 'Erase all that names a member.',
  'notices.outbox': 'See the notices that stand in the outbox, and what became of all others.',
  'ledger.read': 'See accounts and the trial balance.',
  'settlement.read': 'See what stores owe each other.',
  'shifts.read': 'See the shifts of a store, and what each has taken.',
  'shifts.work': 'Open a shift at the counter, count its cash and close it.',
  'shifts.correct': 'Correct the cash of a shift that was closed, with a reason.',
  'webhooks.read': 'See webhook endpoints and what was sent to them; never a secret.',
  'webhooks.write': 'Add and change webhook endpoints, renew their secrets, send events again.',
  'approvals.read': 'See what waits for a second person, and what came of it.',
  'approvals.decide': 'Approve or reject, as the second person, what you could do yourself.',
  'cards.bulk': 'Freeze, void or extend many cards at once, each as one may be.',
  'reports.read': 'See figures: sold, redeemed, outstanding, and what somebody should look at.',
  'settings.write': 'Change the logo, keep pictures, and save views for all.',
  'exports.make': 'Take lists out as files, each by the permission to see it.',
  'audit.read': 'See all that was done, by whom, where and to what.',
} as const;

export type Permission = keyof typeof permissions;

/** Tells whether it is a word of the list. */
export function isPermission(word: string): word is Permission {
  return Object.hasOwn(permissions, word);
}

export const permissionWords: readonly Permission[] = Object.keys(permissions).filter(isPermission);

/** Those that can be limited to an amount: what they allow moves one that the request names. */
export const ceilingWords = [
  'cards.activate',
  'cards.redeem',
  'cards.refund',
  'cards.hold',
  'cards.reload',
  'cards.adjust',
] as const satisfies readonly Permission[];

const inStore = [
  'merchant.read',
  'stores.read',
  'programs.read',
  'cards.read',
  'cards.activate',
  'cards.verify',
  'cards.redeem',
  'cards.redeem_without_pin',
  'cards.refund',
  'cards.reverse',
  'cards.hold',
  'cards.reload',
  'shifts.work',
  'members.read',
  'members.write',
] as const satisfies readonly Permission[];

const bundles = {
  /** Everything, also what later versions add. */
  owner: permissionWords,
  /** Runs stores and looks after cards; does not make codes, keys or corrections of a balance. */
  manager: [
    ...inStore,
    'merchant.write',
    'settings.write',
    'stores.write',
    'people.read',
    'programs.write',
    'batches.read',
    'cards.freeze',
    'cards.extend',
    'cards.void',
    'cards.bulk',
    'cards.transfer',
    'cards.replace',
    'cards.unlock_pin',
    'members.erase',
    'notices.outbox',
    'ledger.read',
    'settlement.read',
    'shifts.read',
    'shifts.correct',
    'webhooks.read',
    'approvals.read',
    'approvals.decide',
    'reports.read',
    'audit.read',
    'exports.make',
  ],
  /** Keeps the books, and corrects a balance with a reason; takes no payment. */
  finance: [
    'merchant.read',
    'stores.read',
    'programs.read',
    'batches.read',
    'cards.read',
    'cards.adjust',
    'cards.freeze',
    'ledger.read',
    'settlement.read',
    'shifts.read',
    'shifts.correct',
    'approvals.read',
    'approvals.decide',
    'reports.read',
    'audit.read',
    'exports.make',
  ],
  /** Makes the offers; sells nothing, takes no payment, has no codes. */
  marketing: [
    'settings.write',
    'merchant.read',
    'stores.read',
    'programs.read',
    'programs.write',
    'batches.read',
    'cards.read',
    'reports.read',
  ],
  /** Looks after a store, its counter and its cards. */
  store_manager: [
    ...inStore,
    'people.read',
    'batches.read',
    'cards.freeze',
    'cards.extend',
    'cards.transfer',
    'cards.replace',
    'cards.unlock_pin',
    'settlement.read',
    'shifts.read',
    'shifts.correct',
    'approvals.read',
    'approvals.decide',
    'reports.read',
    'audit.read',
  ],
  /** Sells and takes cards at the counter. */
  clerk: inStore,
  /** Has cards made and takes their codes to the printer; cannot activate any. */
  issuer: [
    'merchant.read',
    'stores.read',
    'programs.read',
    'programs.write',
    'batches.read',
    'batches.write',
    'batches.release',
    'cards.read',
    'approvals.read',
    'approvals.decide',
  ],
  /** Sees everything and changes nothing. */
  auditor: permissionWords.filter((word) => word.endsWith('.read')),
  /** What a key in anybody's hands may do, on a web shop's page for one. */
  public: ['cards.verify', 'cards.redeem', 'cards.hold'],
} as const satisfies Readonly<Record<string, readonly Permission[]>>;

export type Role = keyof typeof bundles;

export const roleWords = [
  'owner',
  'manager',
  'finance',
  'marketing',
  'store_manager',
  'clerk',
  'issuer',
  'auditor',
  'public',
] as const satisfies readonly Role[];

/** The permissions of each role. */
export const roles: Readonly<Record<Role, ReadonlySet<Permission>>> = {
  owner: new Set(bundles.owner),
  manager: new Set<Permission>(bundles.manager),
  finance: new Set<Permission>(bundles.finance),
  marketing: new Set<Permission>(bundles.marketing),
  store_manager: new Set<Permission>(bundles.store_manager),
  clerk: new Set<Permission>(bundles.clerk),
  issuer: new Set<Permission>(bundles.issuer),
  auditor: new Set(bundles.auditor),
  public: new Set<Permission>(bundles.public),
};

/** Which of these words are not among those. */
export function lacking(wanted: Iterable<Permission>, held: ReadonlySet<string>): readonly Permission[] {
  return [...wanted].filter((word) => !held.has(word));
}
