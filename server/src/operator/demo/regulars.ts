import type { Caller } from './caller.ts';
import type { House } from './setUp.ts';

/** Members of the sample merchant: what they top up, in minor units, and how many packets of tea they then buy at a time. */
const people = [
  { phone: '13900000001', name: '王芳 Fang', loaded: 100_000, bought: [1, 2] },
  { phone: '13900000002', name: '李娜 Na', loaded: 50_000, bought: [2] },
  { phone: '13900000003', name: '张伟 Wei', loaded: 200_000, bought: [4, 3, 1] },
  { phone: '13900000004', name: '刘洋 Yang', loaded: 30_000, bought: [3] },
  { phone: '13900000005', name: '陈静 Jing', loaded: 50_000, bought: [] },
] as const;

const longjing = { sku: 'LJ-50', price: 8_800 };

/** Goods, rules and gifts, and members who hold value and points, one of whom comes for a gift. */
export async function regulars(caller: Caller, { stores }: Pick<House, 'stores'>): Promise<void> {
  const { post, later } = caller;
  const categoryId = await goods(caller);
  await post('/v1/points-schemes', {
    note: '会员积分 Points for members',
    earn: { points: 1, amount: 100 },
    rules: [{ categoryId, kind: 'times', ppm: 2_000_000 }],
    birthdayPpm: 2_000_000,
    ends: { with: 'year', later: 1 },
    spend: { points: 100, worth: 100, billPpm: 500_000 },
  });
  const templateId = await couponTemplate(caller);
  await post('/v1/bonus-rules', {
    name: '滨江店充值礼 Binjiang bonus',
    steps: [
      { from: 50_000, bonus: 5_000 },
      { from: 100_000, bonus: 15_000, coupons: { templateId, count: 2 } },
      { from: 200_000, ppm: 200_000, coupons: { templateId, count: 4 } },
    ],
    storeIds: [stores.binjiang],
    instalments: 3,
    validity: { type: 'after', count: 90, unit: 'days' },
  });
  const members: string[] = [];
  for (const { phone, name, loaded } of people) {
    const { id } = await post('/v1/members', { phone, name, consent: { textVersion: 1 } });
    members.push(id);
    const payment = { tender: 'bank_card', amount: loaded, reference: caller.receipt('TU') };
    await post('/v1/wallet-top-ups', { memberId: id, storeId: stores.binjiang, amount: loaded, payment });
  }
  const first = caller.day();
  for (const [place, { bought }] of people.entries()) {
    later(1);
    for (const quantity of bought)
      await post('/v1/purchases', {
        storeId: place % 2 === 0 ? stores.xintiandi : stores.xihu,
        memberId: members[place],
        reference: caller.receipt('PU'),
        lines: [{ sku: longjing.sku, quantity }],
        tenders: [{ kind: 'wallet', amount: longjing.price * quantity }],
      });
  }
  const last = caller.day();
  await gift(caller, stores.xintiandi, members[2]);
  later(1);
  await post('/v1/dividends', {
    name: '老客分红 A share for regulars',
    ...{ firstDay: first, lastDay: last },
    source: { kind: 'sales', ppm: 20_000 },
    weighing: { by: 'wallet_spend', least: 1_000 },
  });
}

/** Adds what is sold; answers the category of the tea. */
async function goods({ post }: Caller): Promise<string> {
  const tea = await post('/v1/product-categories', { name: { zh: '茶', en: 'Tea' } });
  const green = await post('/v1/product-categories', {
    name: { zh: '绿茶', en: 'Green tea' },
    parentId: tea.id,
  });
  const snacks = await post('/v1/product-categories', { name: { zh: '茶点', en: 'Snacks' } });
  await post('/v1/products', {
    ...longjing,
    name: { zh: '龙井茶 50 克', en: 'Longjing, 50 g' },
    ...{ categoryId: green.id, cost: 3_100 },
  });
  await post('/v1/products', {
    sku: 'GG-6',
    name: { zh: '桂花糕六块', en: 'Osmanthus cakes, six' },
    ...{ categoryId: snacks.id, price: 3_600, cost: 1_200 },
  });
  return green.id;
}

/** A gift that somebody has taken and not yet fetched. */
async function gift({ post }: Caller, storeId: string, memberId: string | undefined): Promise<void> {
  const { id } = await post('/v1/gift-items', { name: { zh: '荷塘茶杯', en: 'Lotus cup' }, points: 300 });
  await post(`/v1/gift-items/${id}/stock`, { storeId, pieces: 40, reason: '首批到货 first delivery' });
  await post('/v1/gift-orders', { memberId, giftId: id, storeId, handOver: false });
}

/** What comes off for who tops up a good sum: a kind of coupon, which the rule of bonus gives. */
async function couponTemplate({ post }: Caller): Promise<string> {
  const { id } = await post('/v1/coupon-templates', {
    name: '老客满减 For regulars',
    off: { type: 'amount', amount: 2_000 },
    minimum: 10_000,
    validity: { type: 'after', count: 90, unit: 'days' },
  });
  return id;
}
