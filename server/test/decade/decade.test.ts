import { expect, test } from 'vitest';
import { openBench } from '../harness.ts';
import { madeBy } from '../till.ts';
import { checkHolders, closeDays, closeYear, expiredCards, runJobs, settlePeriod } from './books.ts';
import { changesIn, instantOf, plusMonths, startOf } from './clock.ts';
import { buyTerm, type Club, checkTerm, checkTier, openClub, pause } from './club.ts';
import { buy, type House, openHouse, type Person, payByCard, sellCard, took, topUp } from './house.ts';
import { add } from './reckoning.ts';

// Years of business are replayed over the public door, and all of it is reckoned a second time beside it.
// SCRIP_DECADE_YEARS=10 plays ten years; the suite plays fewer.
const years = Number(process.env.SCRIP_DECADE_YEARS ?? 2);
const firstYear = 2028;

type Event = readonly [at: Date, happens: () => Promise<unknown>];
type Cast = { readonly house: House; readonly club: Club; readonly closings: Map<string, number> };

function personOf({ people }: House, n: number): Person {
  const person = people[n];
  if (!person) throw new Error('nobody');
  return person;
}

/** What happens in each month: sales in two stores, lapses, closed days, and a period that is settled. */
function monthOf({ house, closings }: Cast, year: number, month: number): readonly Event[] {
  const [saver, buyer, guest] = [0, 1, 2].map((n) => personOf(house, n)) as [Person, Person, Person];
  const first = `${year}-${String(month).padStart(2, '0')}-01`;
  const on = (day: number, time: string) =>
    instantOf(`${first.slice(0, 8)}${String(day).padStart(2, '0')}T${time}`, house.zone);
  const lastMoment = new Date(startOf(plusMonths(first, 1), house.zone).getTime() - 60_000);
  return [
    [startOf(first, house.zone), () => checkHolders(house)],
    [on(2, '09:00:00'), () => topUp(house, saver, month, 10_000 + 101 * month)],
    [on(5, '10:00:00'), () => buy(house, saver, month + 1, { price: 6_100, wallet: 6_100 })],
    [on(9, '18:30:00'), () => topUp(house, guest, 0, 1_003)],
    [on(14, '12:00:00'), () => buy(house, buyer, month, { price: 1_990 + 7 * month, points: 40 })],
    [on(15, '12:00:00'), () => buy(house, guest, 1, { price: 900, wallet: 500 })],
    [
      on(20, '20:00:00'),
      async () => {
        const bought = await buy(house, saver, month, { price: 3_000, wallet: 2_345 });
        for (const part of [655, 1_000]) await bought.giveBack(part);
      },
    ],
    [on(25, '23:59:59'), () => runJobs(house)],
    [on(27, '08:00:00'), () => topUp(house, buyer, 1, 300)],
    [
      lastMoment,
      async () => {
        await runJobs(house);
        await closeDays(house);
        await settlePeriod(house, closings);
      },
    ],
  ];
}

/** What happens about the hours at which clocks change, or at the ends of two months where they never do. */
function changesOf({ house }: Cast, year: number): readonly Event[] {
  const { zone } = house;
  const saver = personOf(house, 0);
  const found = changesIn(year, zone);
  const changes = found.length > 0 ? found : ['03-31', '10-31'].map((day) => startOf(`${year}-${day}`, zone));
  return changes.flatMap((change): Event[] => {
    const lastDay = new Intl.DateTimeFormat('sv-SE', { timeZone: zone }).format(change);
    const sold = instantOf(`${plusMonths(lastDay, -2)}T23:59:59`, zone);
    let card: Awaited<ReturnType<typeof sellCard>> | undefined;
    const use = async () => {
      if (card) await payByCard(house, card, 100);
    };
    const around = [-1, 0, 1, 1_800_000, 3_600_000].map(
      (ms): Event => [
        new Date(change.getTime() + ms),
        async () => {
          await topUp(house, saver, 0, 500);
          await buy(house, saver, 1, { price: 510, wallet: 510 });
          await use();
        },
      ],
    );
    return [
      [
        sold,
        async () => {
          card = await sellCard(house, 5_000);
        },
      ],
      ...around,
      [instantOf(`${lastDay}T12:00:00`, zone), use],
      [startOf(nextDay(lastDay), zone), use],
      [new Date(startOf(nextDay(lastDay), zone).getTime() - 1), use],
    ];
  });
}

const nextDay = (day: string): string => new Date(Date.parse(day) + 86_400_000).toISOString().slice(0, 10);

/** Memberships from the last of January and from a leap day: renewed at the last second, paused over a change, lapsed. */
function termsOf({ house, club }: Cast, year: number): readonly Event[] {
  const [monthly, yearly] = [personOf(house, 3), personOf(house, 4)];
  const at = (text: string) => instantOf(text, house.zone);
  const leap = year % 4 === 0 ? 29 : 28;
  const renew = () => buyTerm(house, club, monthly, 'month');
  const renewals = [`02-${leap}`, '04-10', '05-10', '06-10', '07-10', '08-10', '09-10'];
  return [
    [at(`${year}-01-31T23:59:59`), renew],
    ...renewals.map(
      (day): Event => [
        at(`${year}-${day}T23:59:59`),
        async () => {
          await checkTerm(house, monthly, 'active');
          await renew();
        },
      ],
    ),
    [at(`${year}-03-05T00:00:00`), () => pause(house, club, monthly, 10)],
    [at(`${year}-03-14T23:59:59`), () => checkTerm(house, monthly, 'paused')],
    [at(`${year}-03-15T00:00:00`), () => checkTerm(house, monthly, 'active')],
    [at(`${year}-10-10T23:59:59`), () => checkTerm(house, monthly, 'active')],
    [at(`${year}-10-11T00:00:00`), () => checkTerm(house, monthly, 'ended')],
    [at(`${year}-02-${leap}T12:00:00`), () => buyTerm(house, club, yearly, 'year')],
  ];
}

/** Once a year: a dividend that lapses, a top-up that is paid back whole, and a purchase that makes a tier. */
function onceIn({ house }: Cast, year: number): readonly Event[] {
  const { till, bench, zone, people } = house;
  const [buyer, guest] = [personOf(house, 1), personOf(house, 2)];
  const at = (text: string) => instantOf(`${year}-${text}`, zone);
  async function divide(): Promise<void> {
    const made = await till.merchant.post('/v1/dividends', {
      ...{ name: 'March', firstDay: `${year}-03-01`, lastDay: `${year}-03-31` },
      ...{ source: { kind: 'sum', amount: 10_000 }, weighing: { by: 'equal' } },
      lastUsableDay: `${year}-06-30`,
    });
    await bench.runJobs('dividends.count');
    const approved = await till.merchant.post(`/v1/dividends/${madeBy(made)}/approve`, {});
    expect(approved.status, approved.text).toBe(200);
    await bench.runJobs('dividends.pay');
    const until = startOf(`${year}-07-01`, zone);
    const left = 10_000n / BigInt(people.length);
    for (const { holder } of people) add(house.flow, holder, { kind: 'dividend', from: null, until, left });
  }
  async function payBack(): Promise<void> {
    const before = [...guest.holder.lots];
    const id = await topUp(house, guest, 0, 2_000);
    const asked = { amount: 2_000, reason: 'leaves', payment: { tender: 'cash', reference: `B${year}` } };
    const back = await till.merchant.post(`/v1/wallet-top-ups/${id}/refunds`, asked);
    expect(back.body, back.text).toMatchObject({ rule: 'seven_days', principal: 2_000, bonus: 200 });
    guest.holder.lots.splice(0, guest.holder.lots.length, ...before);
    house.flow.refunded += 2_000n;
    house.flow.bonus -= 200n;
    took(house, till.storeId, -2_000n);
  }
  const big = year % 3 === 0 ? 35_000 : 1_000;
  return [
    [at('04-02T10:00:00'), divide],
    [at('06-30T23:59:59'), () => buy(house, guest, 1, { price: 100, wallet: 100 })],
    [at('07-01T00:00:00'), () => checkHolders(house)],
    [at('08-08T11:00:00'), payBack],
    [at('08-20T11:00:00'), () => buy(house, buyer, 0, { price: big })],
  ];
}

async function play(zone: string, pointsMonths: 3 | 12): Promise<void> {
  const bench = await openBench();
  try {
    bench.time.now = instantOf(`${firstYear}-01-01T00:00:00`, zone);
    const house = await openHouse(bench, zone, pointsMonths);
    const cast = { house, club: await openClub(house), closings: new Map<string, number>() };
    let closing = 0n;
    const tiers = new Set<boolean>();
    for (let year = firstYear; year < firstYear + years; year++) {
      const months = Array.from({ length: 12 }, (_, n) => monthOf(cast, year, n + 1)).flat();
      const events = [...months, ...changesOf(cast, year), ...termsOf(cast, year), ...onceIn(cast, year)];
      for (const [at, happens] of events.toSorted(([a], [b]) => a.getTime() - b.getTime())) {
        bench.time.now = at;
        await happens();
      }
      for (const person of house.people.slice(0, 3)) tiers.add(await checkTier(house, person));
      closing = await closeYear(house, year, closing);
      expect(await expiredCards(house)).toBe(
        house.cards.filter(({ until }) => until <= bench.time.now).length,
      );
    }
    expect(tiers.size).toBe(2);
  } finally {
    await bench.close();
  }
}

test(
  'years of lapses, renewals, closes and changes of clocks leave books that say what was reckoned: New York',
  () => play('America/New_York', 3),
  300_000,
);

test(
  'years of lapses, renewals, closes and leap days leave books that say what was reckoned: Shanghai',
  () => play('Asia/Shanghai', 12),
  300_000,
);
