import type { Body, Caller } from './caller.ts';

/** What the sample merchant has besides cards. */
export type House = {
  /** By code. */
  readonly stores: Readonly<Record<'xintiandi' | 'jingan' | 'xihu' | 'binjiang', string>>;
  readonly programs: Readonly<Record<'gift' | 'member' | 'festival', string>>;
  /** Further keys, by whose they are. */
  readonly keys: Readonly<Record<string, string>>;
  /** What people sign in by, by their role. */
  readonly logins: Readonly<Record<string, string>>;
};

export const sampleMerchant = {
  name: '荷塘茶社 Lotus Pond Tea House',
  currency: 'CNY',
  timezone: 'Asia/Shanghai',
};

/** Two companies, four stores in two regions, people with keys, and three kinds of cards. */
export async function setUp({ post, hire }: Caller, password: string): Promise<House> {
  const idOf = async (path: string, body: Body) => (await post(path, body)).id;
  const shanghai = await idOf('/v1/legal-entities', {
    name: '荷塘茶社（上海）有限公司',
    registration: '91310000DEMO00001X',
  });
  const hangzhou = await idOf('/v1/legal-entities', {
    name: '荷塘茶社（杭州）有限公司',
    registration: '91330100DEMO00002Y',
  });
  for (const name of ['上海', '杭州']) await idOf('/v1/regions', { code: name, name });
  const store = (code: string, name: string, region: string, legalEntityId: string) =>
    idOf('/v1/stores', { code, name, region, legalEntityId });
  const stores = {
    xintiandi: await store('SH01', '新天地店 Xintiandi', '上海', shanghai),
    jingan: await store('SH02', '静安寺店 Jing’an Temple', '上海', shanghai),
    xihu: await store('HZ01', '西湖店 West Lake', '杭州', hangzhou),
    binjiang: await store('HZ02', '滨江店 Binjiang', '杭州', hangzhou),
  };
  const programs = {
    gift: await idOf('/v1/card-programs', {
      name: { zh: '实体礼品卡', en: 'Gift card' },
      denominations: [10_000, 20_000, 50_000],
      pin: true,
    }),
    member: await idOf('/v1/card-programs', {
      name: { zh: '会员储值卡', en: 'Member card' },
      range: { min: 1_000, max: 500_000, step: 100 },
      medium: 'digital',
      bearer: false,
      reloadable: true,
      validity: { type: 'after', count: 3, unit: 'years' },
    }),
    festival: await idOf('/v1/card-programs', {
      name: { zh: '中秋茶点卡', en: 'Mid-autumn card' },
      denominations: [8_800],
      salePrice: 8_000,
      pin: false,
      validity: { type: 'after', count: 30, unit: 'days' },
      stores: { type: 'regions', regions: ['上海'] },
    }),
  };
  return { stores, programs, ...(await employ({ post, hire }, stores.xintiandi, password)) };
}

async function employ(
  { post, hire }: Pick<Caller, 'post' | 'hire'>,
  storeId: string,
  password: string,
): Promise<Pick<House, 'keys' | 'logins'>> {
  const keys: Record<string, string> = {};
  const logins: Record<string, string> = {};
  const here = { storeIds: [storeId] };
  for (const [name, role, terms, limits] of [
    ['荷老板 He', 'owner', {}, undefined],
    ['周店长 Zhou', 'manager', {}, {}],
    ['小林 Lin', 'clerk', { scope: here }, { ...here, ceilings: { 'cards.redeem': 100_000 } }],
    ['吴会计 Wu', 'finance', {}, {}],
    ['钱审计 Qian', 'auditor', {}, undefined],
  ] as const) {
    const login = `${role}@demo.example`;
    const staffId = await hire({ name, login, password, terms: { role, ...terms } });
    logins[role] = login;
    if (limits) keys[role] = (await post<{ key: string }>('/v1/api-keys', { name, staffId, ...limits })).key;
  }
  const shop = await post<{ key: string }>('/v1/api-keys', { name: '网店 Web shop', kind: 'public' });
  return { keys: { ...keys, public: shop.key }, logins };
}
