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
  'custody.manage':
    'Take printed cards in, send them to stores, and say whether stores sell only what they hold.',
  'custody.store': 'Confirm cards that were sent to a store, and send cards of a store back.',
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
  'members.phone': 'Give a member who is there another phone number, with the code that is sent to it.',
  'members.share':
    'Let a member pay from another’s wallet, where the phones of both are shown, and end that.',
  'members.merge': 'Merge two records of one person into one, with a second person.',
  'members.erase': 'Export and erase all that names a member.',
  'memberships.plans': 'Lay down card types and tiers of members.',
  'memberships.sell': 'Sell, renew and upgrade memberships.',
  'memberships.manage': 'Pause, resume and cancel memberships, and give a member a tier.',
  'notices.outbox': 'See the notices that stand in the outbox, and what became of all others.',
  'catalog.read': 'See products, categories, gifts and their stock.',
  'catalog.write': 'Add and change products, what they cost, categories and gifts.',
  'catalog.stock': 'Book pieces of a gift into a store and out of it.',
  'points.read': 'See the rules of points, what members have of them, and the gifts they took.',
  'points.use': 'Take gifts for a member’s points, and hand them over.',
  'points.adjust': 'Correct a member’s points, with a reason, and pass them on to another.',
  'points.rules': 'Lay down by which rules points are earned and spent.',
  'dividends.read': 'See dividends and who gets how much of them.',
  'dividends.write': 'Have dividends counted, and give them up.',
  'dividends.approve': 'Have a dividend credited, with a second person.',
  'imports.read': 'See imports, what is wrong with their rows and what came of each.',
  'imports.write': 'Import members, balances and goods out of files, and take imports back.',
  'ledger.read': 'See accounts and the trial balance.',
  'settlement.read': 'See what stores owe each other.',
  'settlement.answer': 'Say as a store whether what it is stated to owe and to be owed is right.',
  'settlement.adjust': 'Correct what a statement says, by an entry of today.',
  'settlement.close': 'Draw up and close settlement periods, net them, and mark what was paid.',
  'storefunds.read': 'See the settlement accounts of stores that keep the cash they take.',
  'storefunds.write': 'Give stores settlement accounts, set their limits, book what was paid in and out.',
  'payments.read': 'See payment channels, orders and differences; never a key.',
  'payments.write': 'Add and change payment channels.',
  'payments.refund': 'Send payments back, and set differences right.',
  'checkout.sell': 'Sell against wallets, gift cards, points and money.',
  'checkout.refund': 'Give purchases back to what paid for them.',
  'wallets.read': 'See what is on members’ wallets, what came onto them, and the bonus rules.',
  'balances.read': 'See balances that the house shows at the counter only with the member’s code.',
  'wallets.top_up': 'Put money on members’ wallets that was paid at the store.',
  'wallets.refund': 'Pay what is left of a top-up back to who paid it.',
  'wallets.adjust': 'Correct what is on a member’s wallet, with a reason.',
  'wallets.rules': 'Lay down what is given on top, and how wallets are spent, limited and paid back.',
  'rechargecards.read': 'See recharge cards and their batches; never a password.',
  'rechargecards.make': 'Have recharge cards made, and make a whole batch worthless.',
  'rechargecards.release':
    'Take out the numbers and passwords of a batch of recharge cards, which can be done once.',
  'rechargecards.sell': 'Sell recharge cards.',
  'rechargecards.use': 'Put a recharge card’s worth on a member’s wallet.',
  'rechargecards.void': 'Make a recharge card worthless.',
  'rechargecards.unlock': 'Let the password of a recharge card be tried again.',

  'settlement.terms': 'Lay down what stores pay each other, and which store takes whose cards.',
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
  'rechargecards.sell',
  'payments.refund',
  'wallets.top_up',
  'wallets.refund',
  'wallets.adjust',
  'checkout.sell',
  'checkout.refund',
  'memberships.sell',
] as const satisfies readonly Permission[];

/** Which of these words are not among those. */
export function lacking(wanted: Iterable<Permission>, held: ReadonlySet<string>): readonly Permission[] {
  return [...wanted].filter((word) => !held.has(word));
}
