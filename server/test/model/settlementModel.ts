// What stores owe each other for what they honour, written from the issue: by what part, who bears it, and the fee.

export type Party = 'first' | 'second' | 'hq';
type Store = Exclude<Party, 'hq'>;
type Kind = 'principal' | 'bonus';
type Debt = { readonly debtor: Party; readonly creditor: Party; readonly amount: bigint };
type Paid = { readonly amount: bigint; readonly debts: readonly Debt[] };
/** A payment out of lots at a store, with what came to be owed for each, and for all. */
export type Settled = { readonly parts: readonly Paid[]; readonly fee: Debt };

const million = 1_000_000n;
/** A store that honours is paid nine tenths of what was paid for, and a third of what was given. */
const ratio: Readonly<Record<Kind, bigint>> = { principal: 900_000n, bonus: 333_333n };
/** Of what is due for a bonus, the store that gave it bears this much, and the merchant the rest. */
const sellersPart = 450_001n;
const fee = { ppm: 6_001n, min: 2n, max: 300n };

/** The same terms as the API takes them. */
export const terms = {
  ratios: [{ principalPpm: Number(ratio.principal), bonusPpm: Number(ratio.bonus) }],
  bearing: [
    {
      lot: 'bonus',
      shares: [
        { by: 'seller', ppm: Number(sellersPart) },
        { by: 'hq', ppm: Number(million - sellersPart) },
      ],
    },
  ],
  commissions: [
    {
      ...{ kind: 'redemption', tender: 'wallet' },
      ...{ ppm: Number(fee.ppm), min: Number(fee.min), max: Number(fee.max) },
    },
  ],
};

const halfUp = (amount: bigint, ppm: bigint) => (amount * ppm + million / 2n) / million;

/** Net, from the side of each store, what it is owed by the others. */
export type Positions = Map<string, bigint>;

function owe(positions: Positions, { debtor, creditor, amount }: Debt, times = 1n): void {
  if (debtor === creditor || amount === 0n) return;
  const move = (key: string, by: bigint) => positions.set(key, (positions.get(key) ?? 0n) + by);
  move(`${creditor} by ${debtor}`, times * amount);
  move(`${debtor} by ${creditor}`, -times * amount);
}

type Part = { readonly lot: { readonly kind: string; readonly seller: Party }; readonly amount: bigint };

function debtsFor({ lot, amount }: Part, creditor: Store): readonly Debt[] {
  const kind: Kind = lot.kind === 'principal' ? 'principal' : 'bonus';
  const due = halfUp(amount, ratio[kind]);
  if (kind === 'principal' || lot.seller === 'hq') return [{ debtor: lot.seller, creditor, amount: due }];
  const ofSeller = halfUp(due, sellersPart);
  return [
    { debtor: lot.seller, creditor, amount: ofSeller },
    { debtor: 'hq', creditor, amount: due - ofSeller },
  ];
}

/** Lots pay a store. */
export function settle(positions: Positions, paid: readonly Part[], store: Store): Settled {
  const parts = paid.map((part) => ({ amount: part.amount, debts: debtsFor(part, store) }));
  const amount = parts.reduce((all, part) => all + part.amount, 0n);
  const asked = halfUp(amount, fee.ppm);
  const bounded = asked < fee.min ? fee.min : asked > fee.max ? fee.max : asked;
  const charged: Debt = { debtor: store, creditor: 'hq', amount: bounded < amount ? bounded : amount };
  for (const debt of [...parts.flatMap(({ debts }) => debts), charged]) owe(positions, debt);
  return { parts, fee: charged };
}

/** Of a payment this much has gone back before, and this much has now: the last part first, debts in proportion. */
export function unsettle(positions: Positions, { parts, fee: charged }: Settled, from: bigint, to: bigint) {
  let start = 0n;
  for (const { amount, debts } of parts.toReversed()) {
    undo(positions, debts, amount, from - start, to - start);
    start += amount;
  }
  undo(positions, [charged], start, from, to);
}

function undo(positions: Positions, debts: readonly Debt[], whole: bigint, from: bigint, to: bigint): void {
  const within = (at: bigint) => (at < 0n ? 0n : at > whole ? whole : at);
  if (whole === 0n) return;
  for (const debt of debts) {
    const back = (debt.amount * within(to)) / whole - (debt.amount * within(from)) / whole;
    owe(positions, { ...debt, amount: back }, -1n);
  }
}

/** A pool by weights: each its part rounded down, what is left over to the largest remainders. */
export function shared(pool: bigint, weights: readonly bigint[]): readonly bigint[] {
  const all = weights.reduce((total, weight) => total + weight, 0n);
  const parts = weights.map((weight) => (pool * weight) / all);
  const left = pool - parts.reduce((total, part) => total + part, 0n);
  const ranked = weights
    .map((weight, nth) => ({ nth, remainder: (pool * weight) % all }))
    .toSorted((a, b) => (a.remainder > b.remainder ? -1 : 1));
  for (const { nth } of ranked.slice(0, Number(left))) parts[nth] = (parts[nth] ?? 0n) + 1n;
  return parts;
}
