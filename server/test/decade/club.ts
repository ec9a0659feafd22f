import { expect } from 'vitest';
import { dayAt, plusDays, plusMonths, startOf } from './clock.ts';
import { type House, type Person, took } from './house.ts';

const zero = { zh: '卡', en: 'Card' };
const entry = 30_000n;
const keep = 20_000n;

/** The plans of a merchant, and the membership that somebody has by each. */
export type Club = {
  readonly monthPlan: string;
  readonly yearPlan: string;
  readonly held: Map<Person, { readonly id: string; lastDay: string; anchor: number }>;
};

const price = { month: 3_000, year: 30_000 } as const;

export async function openClub({ till }: House): Promise<Club> {
  const plan = async (unit: 'months' | 'years', cost: number) => {
    const made = await till.merchant.post<{ id: string }>('/v1/membership-plans', {
      ...{ name: zero, span: { count: 1, unit }, price: cost, discount: { ppm: 100_000 }, pauseDaysMax: 30 },
    });
    expect(made.status, made.text).toBe(201);
    return made.body.id;
  };
  const tiers = await till.merchant.post('/v1/membership-tiers', {
    period: { count: 1, unit: 'years' },
    tiers: [
      {
        ...{ code: 'silver', name: { zh: '银', en: 'Silver' }, discount: { ppm: 0 } },
        ...{ entry: { spend: Number(entry) }, keep: { spend: Number(keep) } },
      },
    ],
  });
  expect(tiers.status, tiers.text).toBe(201);
  return {
    monthPlan: await plan('months', price.month),
    yearPlan: await plan('years', price.year),
    held: new Map(),
  };
}

type Term = { readonly id: string; readonly lastDay: string; readonly validUntil: string };

/** Joins today, or renews from the last day on: by the day of the month that it began with. */
export async function buyTerm(house: House, club: Club, person: Person, of: 'month' | 'year') {
  const { till, zone, bench } = house;
  const today = dayAt(bench.time.now, zone);
  const held = club.held.get(person);
  const isHeld = held !== undefined && today <= held.lastDay;
  const from = isHeld ? held.lastDay : today;
  const anchor = isHeld ? held.anchor : Number(today.slice(8));
  const lastDay = plusMonths(from, of === 'month' ? 1 : 12, anchor);
  const payment = { tender: 'cash', amount: price[of], reference: `M${++house.count}` };
  const body = { storeId: till.storeId, payment };
  const sold = isHeld
    ? await till.merchant.post<Term>(`/v1/memberships/${held.id}/renew`, body)
    : await till.merchant.post<Term>('/v1/memberships', {
        ...{ ...body, memberId: person.id, planId: of === 'month' ? club.monthPlan : club.yearPlan },
      });
  expect(sold.body, sold.text).toMatchObject({ lastDay, validUntil: endOf(lastDay, zone).toISOString() });
  took(house, till.storeId, BigInt(price[of]));
  club.held.set(person, { id: sold.body.id, lastDay, anchor });
}

const endOf = (lastDay: string, zone: string) => startOf(plusDays(lastDay, 1), zone);

/** Lets a membership rest: it ends as many days later, and its months count from that day. */
export async function pause({ till, zone }: House, club: Club, person: Person, days: number) {
  const held = club.held.get(person);
  if (!held) throw new Error('no membership');
  held.lastDay = plusDays(held.lastDay, days);
  held.anchor = Number(held.lastDay.slice(8));
  const body = { storeId: till.storeId, days };
  const paused = await till.merchant.post<Term>(`/v1/memberships/${held.id}/pause`, body);
  expect(paused.body, paused.text).toMatchObject({
    ...{ state: 'paused', lastDay: held.lastDay, validUntil: endOf(held.lastDay, zone).toISOString() },
  });
}

/** That a membership is in this state now, and takes a tenth off or nothing. */
export async function checkTerm({ till }: House, person: Person, state: 'active' | 'paused' | 'ended') {
  type Shown = { readonly membership: Readonly<Record<string, unknown>> };
  const shown = await till.merchant.get<Shown>(`/v1/members/${person.id}/membership`);
  expect(shown.body.membership, shown.text).toMatchObject({ state });
  const lines = [{ name: 'Tea', price: 1_000 }];
  const quote = await till.merchant.post<{ otherwise: { due: number } }>('/v1/purchase-quotes', {
    ...{ storeId: till.storeId, memberId: person.id, lines },
  });
  expect(quote.body.otherwise, quote.text).toMatchObject({ due: state === 'active' ? 900 : 1_000 });
}

/** That somebody has the tier that their purchases gave them, period by period since the first. */
export async function checkTier({ till, zone, bench }: House, person: Person): Promise<boolean> {
  const { now } = bench.time;
  const [first] = person.spent;
  let isSilver = false;
  let start = first?.at ?? now;
  for (;;) {
    const end = startOf(plusMonths(dayAt(start, zone), 12), zone);
    const within = person.spent.filter(({ at }) => at >= start && at < end);
    const sum = within.reduce((all, { amount }) => all + amount, 0n);
    if (end > now) {
      isSilver ||= sum >= entry;
      break;
    }
    isSilver = sum >= entry || (isSilver && sum >= keep);
    start = end;
  }
  type Shown = { readonly tier: { readonly id: string } | null };
  const shown = await till.merchant.get<Shown>(`/v1/members/${person.id}/membership`);
  expect(shown.body.tier?.id ?? null, shown.text).toBe(isSilver ? 'silver' : null);
  return isSilver;
}
