import { encodeId } from '../../../kernel/id.ts';
import { alternatives, type Endpoint, idPrefix, type Schema } from './document.ts';

const sampleUuid = '01a20169-2e00-7861-ab9e-71b7e5c2d2cf';

/** What a field of this name might hold, where its schema alone would make a poor example. */
const byName: Readonly<Record<string, unknown>> = {
  code: 'VC5BET-BRTYZD-47C1JM',
  maskedCode: '••••••-••••••-••C1JM',
  pin: '53666460',
  serial: '1000000001',
  from: '1000000001',
  to: '1000000050',
  amount: 2_500,
  pieces: 10,
  points: 500,
  balance: 7_500,
  available: 7_500,
  faceValue: 10_000,
  loaded: 10_000,
  quantity: 1_000,
  currency: 'CNY',
  asset: 'CNY',
  reference: 'T-1001',
  tender: 'cash',
  reason: 'returned goods',
  state: 'active',
  prefix: 'sk_3fQ9',
  key: 'sk_3fQ9…',
  timezone: 'Asia/Shanghai',
  region: 'Shanghai',
  login: 'lin@example.com',
  token: 'q1Vn0v4l8cGm0kq0Tq2w5pXhJrS6uYbE3dZaFfGgHh0',
  secret: 'JBSWY3DPEHPK3PXP',
  uri: 'otpauth://totp/Scrip:li***@example.com?secret=JBSWY3DPEHPK3PXP&issuer=Scrip',
  zh: '礼品卡',
  en: 'Gift card',
  slug: 'west-lake-tea',
  phone: '13800138000',
  email: 'lin@example.com',
  text: '茶凉了',
};

/** Bodies of operations whose required fields alone would not be a request that anybody sends. */
const bodies: Readonly<Record<string, unknown>> = {
  postPurchasesIdRefunds: { lines: [{ line: 0, quantity: 1 }], reason: '质量问题' },
  postPurchasesIdRefundQuotes: { lines: [{ line: 0, quantity: 1 }] },
  postRegions: { name: 'Hangzhou', code: 'Hangzhou' },
  patchRegionsId: { name: 'Hangzhou and around' },
  postStores: { code: 'S1', name: 'West Lake', region: 'Hangzhou' },
  patchStoresId: { name: 'West Lake, north gate' },
  postLegalEntities: { name: 'West Lake Tea Ltd' },
  postDevices: { storeId: encodeId('store', sampleUuid), name: 'Till 1' },
  postStaff: { name: 'Lin', role: 'clerk' },
  postStaffInvitations: { login: 'lin@example.com', name: 'Lin', role: 'clerk' },
  postSessionSecondFactor: { code: '482913' },
  postSessionTotpConfirm: { code: '482913' },
  postMembersIdPhone: { phone: '13812345678', code: '482913' },
  postMembersIdMergePreview: { intoId: encodeId('mem', sampleUuid) },
  postMembersIdMerge: { intoId: encodeId('mem', sampleUuid), reason: 'enrolled_twice' },
  postWalletSlugMePhone: { phone: '13812345678', code: '482913' },
  postSessionStepUp: { code: '482913' },
  postSessionDevicePin: { pin: '271828' },
  postSessionPin: { staffId: encodeId('stf', sampleUuid), pin: '271828' },
  patchStaffId: { role: 'manager' },
  patchCardProgramsId: { denominations: [10_000, 20_000] },
  postCardPrograms: {
    name: { zh: '礼品卡', en: 'Gift card' },
    denominations: [10_000, 20_000, 50_000],
    validity: { type: 'after', count: 3, unit: 'years' },
    pin: true,
  },
  postMembershipPlans: {
    name: { zh: '年卡', en: 'Year card' },
    span: { count: 1, unit: 'years' },
    price: 19_900,
    discount: { ppm: 120_000, walletPpm: 150_000 },
    graceDays: 7,
    pauseDaysMax: 30,
  },
  patchMembershipPlansId: { price: 22_900 },
  postMembershipTiers: {
    period: { count: 1, unit: 'years' },
    tiers: [
      {
        code: 'gold',
        name: { zh: '金卡', en: 'Gold' },
        discount: { ppm: 100_000 },
        entry: { spend: 500_000 },
        keep: { spend: 300_000 },
      },
    ],
  },
  postMembersIdTier: { tierId: 'gold', lastDay: '2029-12-31', reason: 'ten years with us' },
  postMemberships: {
    member: { phone: '13800138000', name: '林夕', consent: { textVersion: 1, marketing: false } },
    planId: encodeId('mpl', sampleUuid),
    storeId: encodeId('store', sampleUuid),
    payment: { tender: 'cash', amount: 19_900, reference: 'M-1001' },
  },
  postApiKeys: { name: 'Till 1', role: 'clerk', storeIds: [encodeId('store', sampleUuid)] },
  postMerchantPassKeys: { apple: null, google: null },
  patchMerchant: { slug: 'west-lake-tea', contact: { phone: '0571-12345678' } },
  postMembers: { phone: '13800138000', name: '林夕', consent: { textVersion: 1, marketing: false } },
  patchMembersId: { name: '林夕', tags: ['常客'], birthday: '05-17', fields: { likes: '绿茶' } },
  postMemberFields: {
    fields: [{ key: 'likes', label: { zh: '偏好', en: 'Likes' }, kind: 'choice', choices: ['绿茶', '咖啡'] }],
  },
  patchWalletSlugMe: { reminders: { lowBalance: false } },
  postWalletSlugSessions: { phone: '13800138000', code: '123456', consent: { textVersion: 1 } },
  postActivationQuotes: {
    range: { from: '1000000001', to: '1000000002' },
    storeId: encodeId('store', sampleUuid),
  },
  postPaymentChannels: {
    name: '支付宝',
    publicUrl: 'https://cards.example.com',
    storeId: encodeId('store', sampleUuid),
    credentials: {
      kind: 'alipay',
      appId: '2021000000000001',
      privateKey: `MIIEvQIBADANBgkqhkiG9w0BAQEFAASC${'…'.repeat(40)}`,
      alipayPublicKey: `MIIBIjANBgkqhkiG9w0BAQEFAAOCAQ8A${'…'.repeat(40)}`,
    },
  },
  postPurchaseQuotes: {
    storeId: encodeId('store', sampleUuid),
    lines: [{ name: '龙井茶', quantity: 2, price: 8_800 }],
  },
  postPurchases: {
    storeId: encodeId('store', sampleUuid),
    memberId: encodeId('mem', sampleUuid),
    reference: 'S-1002',
    lines: [{ name: '龙井茶', quantity: 2, price: 8_800 }],
    tenders: [{ kind: 'wallet', amount: 17_600 }],
  },
  postImportsIdCheck: { mapping: { phone: 0, name: 1, principal: 2 }, existing: 'skip' },
  postDividends: {
    name: '一季度分红',
    firstDay: '2027-01-01',
    lastDay: '2027-03-31',
    source: { kind: 'sales', ppm: 10_000 },
    weighing: { by: 'points_earned' },
  },
  postBonusRules: { name: '充 500 送 80', steps: [{ from: 50_000, bonus: 8_000 }] },
  postBonusRulePreviews: { steps: [{ from: 50_000, bonus: 8_000 }], amounts: [50_000, 100_000] },
  postCardsActivate: {
    range: { from: '1000000001', to: '1000000002' },
    storeId: encodeId('store', sampleUuid),
    payment: { tender: 'cash', amount: 20_000, reference: 'S-1001' },
  },
};

/** A request body such as somebody might send; undefined where there is none. */
export function exampleBody({ operationId, requestBody }: Endpoint): unknown {
  const schema = requestBody?.content['application/json']?.schema;
  return schema === undefined ? undefined : (bodies[operationId] ?? exampleOf(schema));
}

/** A value that fits a schema; of an object what is required, of an answer that is everything. */
function exampleOf(schema: Schema, name = ''): unknown {
  if (schema.const !== undefined) return schema.const;
  const [option] = alternatives(schema).options;
  if (option === undefined) return null;
  if (option !== schema) return exampleOf(option, name);
  if (schema.enum) return schema.enum[0];
  const prefix = idPrefix(schema);
  if (prefix !== undefined) return encodeId(prefix, sampleUuid);
  if (schema.type === 'object') return exampleObject(schema);
  if (schema.type === 'array') return [exampleOf(schema.items ?? {}, name)];
  if (schema.format === 'date-time') return '2026-11-22T04:00:00.000Z';
  if (schema.format === 'date') return '2029-12-31';
  const known = byName[name];
  if (schema.type === 'string') return typeof known === 'string' ? known : 'Example';
  if (schema.type === 'boolean') return true;
  if (schema.type === 'integer' || schema.type === 'number') {
    return typeof known === 'number' ? known : Math.max(schema.minimum ?? 0, 0);
  }
  return {};
}

function exampleObject({ properties = {}, required = [] }: Schema): unknown {
  // A change may leave out everything but one thing.
  const names = required.length > 0 ? required : Object.keys(properties).slice(0, 1);
  return Object.fromEntries(names.map((name) => [name, exampleOf(properties[name] ?? {}, name)]));
}

/** The request as a command for a shell in which SCRIP is the address and KEY the key. */
export function curlOf(endpoint: Endpoint): string {
  const { method, path, parameters } = endpoint;
  const filled = path.replace(/\{(\w+)\}/g, (_all, name: string) => {
    const schema = parameters.find((parameter) => parameter.name === name)?.schema ?? {};
    return String(exampleOf(schema, name));
  });
  const body = exampleBody(endpoint);
  const takesKey = parameters.some(({ $ref }) => $ref?.endsWith('/IdempotencyKey'));
  const verb = method === 'GET' || (method === 'POST' && body !== undefined) ? '' : ` -X ${method}`;
  return [
    `curl${verb} "$SCRIP${filled}"`,
    ...entrance(endpoint),
    ...(takesKey ? ['-H "Idempotency-Key: $(uuidgen)"'] : []),
    ...(body === undefined
      ? []
      : ['-H "Content-Type: application/json"', `-d '${JSON.stringify(body, null, 2)}'`]),
  ].join(' \\\n  ');
}

/** The headers that let a request in. */
function entrance({ 'x-permission': permission, 'x-access': access, method }: Endpoint): string[] {
  if (permission !== undefined) return ['-H "Authorization: Bearer $KEY"'];
  if (access === 'signature') return [];
  return [
    ...(access === 'anyone' ? [] : ['-b "$COOKIE"']),
    ...(method === 'GET' ? [] : ['-H "Origin: $SCRIP"', '-H "Scrip-Client: docs"']),
  ];
}

/** An answer such as the operation gives. */
export function exampleAnswer(endpoint: Endpoint): { readonly status: string; readonly text: string } {
  const [status = '200', response] = Object.entries(endpoint.responses)[0] ?? [];
  const csv = response?.content?.['text/csv'];
  if (csv)
    return { status, text: 'serial,code,pin,faceValue\n1000000001,VC5BET-BRTYZD-47C1JM,53666460,10000' };
  const schema = response?.content?.['application/json']?.schema;
  return { status, text: JSON.stringify(exampleOf(schema ?? {}), null, 2) };
}
