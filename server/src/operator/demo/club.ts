import { parse } from 'csv-parse/sync';
import { z } from 'zod';
import { assert } from '../../kernel/assert.ts';
import type { Caller } from './caller.ts';
import type { House } from './setUp.ts';

/** A recharge card to try. */
export type Recharge = { readonly number: string; readonly password: string; readonly state: string };

type Stores = Pick<House, 'stores'>;

/** What the stores pay each other, from the first day on. */
export async function layDownTerms({ post }: Caller, { stores }: Stores): Promise<void> {
  await post('/v1/settlement-terms', {
    note: '开业起 From the opening on',
    ratios: [
      { sellerId: stores.binjiang, redeemerId: stores.xintiandi, principalPpm: 980_000, bonusPpm: 500_000 },
      { sellerId: stores.binjiang, redeemerId: stores.xihu, principalPpm: 1_000_000, bonusPpm: 500_000 },
    ],
    commissions: [{ kind: 'redemption', storeId: stores.xintiandi, ppm: 6_000 }],
  });
}

/** Card types, tiers, memberships, recharge cards, and a period that stores have answered: what a chain has after its first months. */
export async function openClub(caller: Caller, { stores }: Stores): Promise<readonly Recharge[]> {
  await caller.patch('/v1/merchant', {
    contact: { phone: '021-5555 0101', email: 'hello@lotus.example', address: '上海市黄浦区太仓路 1 号' },
    terms: {
      zh: '余额可在各门店使用，不兑现金。\n充值后七日内未使用的，可全额退回。',
      en: 'Balances pay in every store and are not paid out.\nWhat is not used within seven days of a top-up goes back whole.',
    },
  });
  await memberships(caller, { stores });
  const cards = await recharge(caller, { stores });
  await period(caller, { stores });
  return cards;
}

async function memberships({ post, get, receipt }: Caller, { stores }: Stores): Promise<void> {
  const plan = async (
    name: { readonly zh: string; readonly en: string },
    span: { readonly count: number; readonly unit: string },
    { price, ppm }: { readonly price: number; readonly ppm: number },
  ) => {
    const discount = { ppm, walletPpm: ppm + 30_000 };
    const more = { graceDays: 7, pauseDaysMax: 30 };
    return (await post('/v1/membership-plans', { name, span, price, discount, ...more })).id;
  };
  const trial = await plan(
    { zh: '五日体验卡', en: 'Five days' },
    { count: 5, unit: 'days' },
    { price: 990, ppm: 30_000 },
  );
  const month = await plan(
    { zh: '月卡', en: 'Month card' },
    { count: 1, unit: 'months' },
    { price: 3_000, ppm: 50_000 },
  );
  await plan({ zh: '季卡', en: 'Quarter card' }, { count: 3, unit: 'months' }, { price: 8_000, ppm: 80_000 });
  const year = await plan(
    { zh: '年卡', en: 'Year card' },
    { count: 1, unit: 'years' },
    { price: 19_900, ppm: 120_000 },
  );
  await plan(
    { zh: '三年卡', en: 'Three-year card' },
    { count: 3, unit: 'years' },
    { price: 49_900, ppm: 150_000 },
  );
  const tier = (code: string, name: object, spend: number, ppm: number) => ({
    ...{ code, name, discount: { ppm }, entry: { spend } },
  });
  await post('/v1/membership-tiers', {
    period: { count: 1, unit: 'years' },
    downgrade: 'one_down',
    tiers: [
      tier('silver', { zh: '银卡', en: 'Silver' }, 50_000, 20_000),
      tier('gold', { zh: '金卡', en: 'Gold' }, 200_000, 50_000),
    ],
  });
  const { items } = await get<{ items: readonly { id: string; name: string }[] }>('/v1/members?limit=200');
  const join = async (name: string, planId: string, storeId: string, amount: number) => {
    const memberId = items.find((member) => member.name.startsWith(name))?.id;
    const payment = { tender: 'alipay', amount, reference: receipt('MB') };
    await post('/v1/memberships', { memberId, planId, storeId, payment });
    return memberId;
  };
  const regular = await join('王芳', year, stores.binjiang, 19_900);
  await join('张伟', month, stores.xintiandi, 3_000);
  await join('李娜', trial, stores.xihu, 990);
  // A basket of hers costs 15 % less now, since she pays it by wallet.
  await post('/v1/purchases', {
    ...{ storeId: stores.jingan, memberId: regular, reference: receipt('PU') },
    lines: [{ sku: 'LJ-50', quantity: 2 }],
    tenders: [{ kind: 'wallet', amount: 14_960 }],
  });
}

const Pair = z.object({ number: z.string(), password: z.string() });

/** Recharge cards of a hundred: three are sold, and one of these is used. */
async function recharge(
  { post, codesOf, get, receipt }: Caller,
  { stores }: Stores,
): Promise<readonly Recharge[]> {
  const faceValue = 10_000;
  const { id } = await post('/v1/recharge-card-batches', {
    ...{ name: '百元充值卡 Hundred', quantity: 6, faceValue },
  });
  const pairs = z
    .array(Pair)
    .parse(parse(await codesOf(`/v1/recharge-card-batches/${id}`), { columns: true }))
    .slice(0, 3);
  const [used] = pairs;
  assert(used !== undefined, 'a batch has cards');
  const payment = { tender: 'wechat_pay', amount: 3 * faceValue, reference: receipt('RC') };
  const numbers = pairs.map(({ number }) => number);
  await post('/v1/recharge-cards/sales', { numbers, storeId: stores.jingan, payment });
  const { items } = await get<{ items: readonly { id: string }[] }>('/v1/members?limit=1');
  await post('/v1/recharge-cards/top-ups', { memberId: items[0]?.id, storeId: stores.jingan, ...used });
  return pairs.map((pair) => ({ ...pair, state: pair === used ? 'used' : 'active' }));
}

/** The period is drawn up: one store agrees with its statement, another does not, the rest have not answered. */
async function period({ post, get }: Caller, { stores }: Stores): Promise<void> {
  await post('/v1/settlement-periods', { answerDays: 7 });
  const answer = async (storeId: string, how: string, body: { readonly reason?: string }) => {
    const path = `/v1/settlement-statements?storeId=${storeId}`;
    const { items } = await get<{ items: readonly { id: string }[] }>(path);
    await post(`/v1/settlement-statements/${items[0]?.id}/${how}`, body);
  };
  await answer(stores.binjiang, 'confirm', {});
  await answer(stores.xihu, 'dispute', { reason: '少了一笔茶点的运费 carriage of the cakes is missing' });
}
