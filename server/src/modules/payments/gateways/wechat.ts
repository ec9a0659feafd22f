// WeChat Pay's API v3 by its documents: RSA-SHA256 over each request and answer, AES-256-GCM over what it calls us with.
// There is no kept library for it (see docs/adr/0037).

import {
  createDecipheriv,
  createPrivateKey,
  createPublicKey,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto';
import { z } from 'zod';
import { jsonAmount } from '../../../kernel/money.ts';
import type { Call } from '../../../platform/http/route.ts';
import { post, type Sent } from '../../../platform/outbound/post.ts';
import {
  type Gateway,
  type GatewayParts,
  type Heard,
  jsonOf,
  type Ordered,
  type Payment,
  type Refunding,
  type RefundStanding,
  type Standing,
  timeoutMs,
} from '../gateway.ts';

export const WechatCredentials = z.strictObject({
  kind: z.literal('wechat'),
  mchId: z.string().regex(/^\d{8,16}$/),
  appId: z.string().regex(/^\w{8,40}$/),
  /** Of the merchant's API certificate. */
  serialNo: z.string().regex(/^[0-9A-Fa-f]{16,64}$/),
  privateKey: z.string().min(64).max(8_000),
  /** WeChat Pay's public key, or its platform certificate, in PEM. */
  platformKey: z.string().min(64).max(8_000),
  platformSerial: z.string().regex(/^\w{16,80}$/),
  apiV3Key: z.string().length(32),
});
type Credentials = z.output<typeof WechatCredentials>;

const usual = 'https://api.mch.weixin.qq.com';
/** How far a signature's time may be from ours. */
const driftMaxSeconds = 300n;
const limits = { timeoutMs, bodyBytesMax: 256 * 1024 };

const tradeShape = z.object({
  mchid: z.string(),
  out_trade_no: z.string(),
  trade_state: z.string(),
  transaction_id: z.string().optional(),
  success_time: z.iso.datetime({ offset: true }).optional(),
  amount: z.object({ total: z.int().min(1), currency: z.string().default('CNY') }).optional(),
});
const noticeShape = z.object({
  event_type: z.string(),
  resource: z.object({
    algorithm: z.literal('AEAD_AES_256_GCM'),
    ciphertext: z.base64().max(64_000),
    nonce: z.string().min(8).max(32),
    associated_data: z.string().default(''),
  }),
});

type Spoken = { readonly status: number; readonly json: unknown } | { readonly failure: string };

/** WeChat Pay. */
export function wechatGateway(credentials: Credentials, parts: GatewayParts): Gateway {
  const { mchId: mchid, appId: appid } = credentials;
  const speak = speaker(credentials, parts);
  const byNo = (order: Ordered) => `/v3/pay/transactions/out-trade-no/${order.reference}`;
  const query = async (order: Ordered): Promise<Standing> =>
    standingOf(await speak('GET', `${byNo(order)}?mchid=${mchid}`), order.reference);
  return {
    async start(order) {
      const isQr = order.method === 'qr';
      const given = await speak('POST', `/v3/pay/transactions/${isQr ? 'native' : 'h5'}`, {
        appid,
        mchid,
        description: order.subject,
        out_trade_no: order.reference,
        time_expire: order.expiresAt.toISOString().replace(/\.\d+Z$/, '+00:00'),
        notify_url: parts.notifyUrl,
        amount: { total: jsonAmount(order.amount), currency: order.currency },
        ...(isQr ? {} : { scene_info: { payer_client_ip: '127.0.0.1', h5_info: { type: 'Wap' } } }),
      });
      if ('failure' in given) return given;
      const code = z.object({ code_url: z.string() }).safeParse(given.json);
      const page = z.object({ h5_url: z.string() }).safeParse(given.json);
      if (code.success) return { kind: 'qr', content: code.data.code_url, handle: null };
      if (page.success) return { kind: 'redirect', content: page.data.h5_url, handle: null };
      return { failure: codeOf(given.json) };
    },
    query,
    async close(order) {
      const given = await speak('POST', `${byNo(order)}/close`, { mchid });
      if ('failure' in given) return { state: 'unknown', why: given.failure };
      return given.status === 204 ? { state: 'closed' } : query(order);
    },
    async refund(refund) {
      return refundStanding(await speak('POST', '/v3/refund/domestic/refunds', refundBody(refund)));
    },
    hear: async (call) => heard(credentials, call),
    taken: { status: 200, type: 'application/json; charset=utf-8', body: '{"code":"SUCCESS"}' },
  };
}

function refundBody({ transaction, reference, reason, amount, total, currency }: Refunding) {
  return {
    transaction_id: transaction,
    out_refund_no: reference,
    reason: reason.slice(0, 80),
    amount: { refund: jsonAmount(amount), total: jsonAmount(total), currency },
  };
}

function refundStanding(given: Spoken): RefundStanding {
  if ('failure' in given) return { state: 'unknown', why: given.failure };
  const status = z.object({ status: z.string() }).safeParse(given.json);
  if (given.status === 200 && status.success) {
    if (status.data.status === 'SUCCESS') return { state: 'done' };
    if (status.data.status === 'PROCESSING') return { state: 'pending' };
    return { state: 'failed', why: status.data.status.toLowerCase() };
  }
  const why = codeOf(given.json);
  const mayPass = given.status >= 500 || given.status === 429 || why === 'not_enough';
  return { state: mayPass ? 'unknown' : 'failed', why };
}

function standingOf(given: Spoken, reference: string): Standing {
  if ('failure' in given) return { state: 'unknown', why: given.failure };
  if (given.status === 404) return { state: 'waiting' };
  const trade = tradeShape.safeParse(given.json);
  if (given.status !== 200 || !trade.success || trade.data.out_trade_no !== reference) {
    return { state: 'unknown', why: codeOf(given.json) };
  }
  const { trade_state: state } = trade.data;
  if (state === 'NOTPAY' || state === 'USERPAYING') return { state: 'waiting' };
  if (state === 'CLOSED' || state === 'REVOKED' || state === 'PAYERROR') return { state: 'closed' };
  const payment = paymentOf(trade.data);
  return payment ? { state: 'paid', payment } : { state: 'unknown', why: 'not_understood' };
}

function paymentOf(trade: z.output<typeof tradeShape>): Payment | undefined {
  const { transaction_id: transaction, success_time, amount, mchid } = trade;
  // Of one that was refunded since it is still true that it was paid.
  if (trade.trade_state !== 'SUCCESS' && trade.trade_state !== 'REFUND') return undefined;
  if (transaction === undefined || success_time === undefined || !amount) return undefined;
  const { total, currency } = amount;
  return { transaction, account: mchid, amount: BigInt(total), currency, paidAt: new Date(success_time) };
}

/** Sends what is signed, and believes only what is signed. */
function speaker(credentials: Credentials, { baseUrl, allowed, clock, random }: GatewayParts) {
  const key = createPrivateKey(pem(credentials.privateKey, 'PRIVATE KEY'));
  return async (method: 'GET' | 'POST', path: string, content?: object): Promise<Spoken> => {
    const body = content === undefined ? '' : JSON.stringify(content);
    const timestamp = Math.floor(clock().getTime() / 1000);
    const nonce = Buffer.from(random(16)).toString('hex');
    const text = `${method}\n${path}\n${timestamp}\n${nonce}\n${body}\n`;
    const signature = sign('sha256', Buffer.from(text), key).toString('base64');
    const { mchId, serialNo } = credentials;
    const headers = {
      accept: 'application/json',
      'content-type': 'application/json',
      'user-agent': 'scrip',
      authorization: `WECHATPAY2-SHA256-RSA2048 mchid="${mchId}",nonce_str="${nonce}",timestamp="${timestamp}",serial_no="${serialNo}",signature="${signature}"`,
    };
    const sent = await post({ url: (baseUrl ?? usual) + path, method, headers, body }, allowed, limits);
    return spoken(credentials, sent, clock());
  };
}

function spoken(credentials: Credentials, sent: Sent, now: Date): Spoken {
  if ('failure' in sent) return sent;
  const { status, head, body } = sent;
  const headers: Record<string, string> = {};
  for (const line of head.split('\n').slice(1)) {
    const at = line.indexOf(': ');
    if (at > 0) headers[line.slice(0, at).toLowerCase()] = line.slice(at + 2);
  }
  const fault = signatureFault(credentials, headers, Buffer.from(body), now);
  if (fault !== undefined) return { failure: fault };
  return { status, json: body === '' ? {} : jsonOf(body) };
}

/** Why a signature is not WeChat Pay's over these bytes, made about now; undefined if it is. */
function signatureFault(
  { platformKey, platformSerial }: Credentials,
  headers: Readonly<Record<string, string>>,
  bytes: Buffer,
  now: Date,
): string | undefined {
  const timestamp = headers['wechatpay-timestamp'] ?? '';
  const signature = headers['wechatpay-signature'] ?? '';
  if (headers['wechatpay-serial'] !== platformSerial) return 'unknown_key';
  if (!/^\d{10}$/.test(timestamp)) return 'unsigned';
  const driftSeconds = BigInt(Math.floor(now.getTime() / 1000)) - BigInt(timestamp);
  if (driftSeconds > driftMaxSeconds || driftSeconds < -driftMaxSeconds) return 'signed_at_another_time';
  const text = Buffer.concat([
    Buffer.from(`${timestamp}\n${headers['wechatpay-nonce'] ?? ''}\n`),
    bytes,
    Buffer.from('\n'),
  ]);
  const isGood = verify('sha256', text, publicKeyOf(platformKey), Buffer.from(signature, 'base64'));
  return isGood ? undefined : 'signature';
}

function heard(credentials: Credentials, { bytes, headers, now }: Call): Heard {
  const fault = signatureFault(credentials, headers, bytes, now);
  if (fault !== undefined) return { says: 'bad', why: fault };
  const notice = noticeShape.safeParse(jsonOf(bytes.toString('utf8')));
  if (!notice.success) return { says: 'bad', why: 'not_understood' };
  if (notice.data.event_type !== 'TRANSACTION.SUCCESS') return { says: 'nothing' };
  const trade = tradeShape.safeParse(opened(credentials.apiV3Key, notice.data.resource));
  const payment = trade.success ? paymentOf(trade.data) : undefined;
  if (!trade.success || !payment) return { says: 'bad', why: 'not_understood' };
  return { says: 'paid', reference: trade.data.out_trade_no, payment };
}

type Resource = z.output<typeof noticeShape>['resource'];
const tagBytes = 16;

function opened(key: string, { ciphertext, nonce, associated_data: about }: Resource): unknown {
  const sealed = Buffer.from(ciphertext, 'base64');
  if (sealed.length <= tagBytes) return undefined;
  try {
    const opening = createDecipheriv('aes-256-gcm', Buffer.from(key), Buffer.from(nonce), {
      authTagLength: tagBytes,
    });
    opening.setAuthTag(sealed.subarray(-tagBytes));
    opening.setAAD(Buffer.from(about));
    const text = Buffer.concat([opening.update(sealed.subarray(0, -tagBytes)), opening.final()]);
    return jsonOf(text.toString('utf8'));
  } catch {
    return undefined;
  }
}

function publicKeyOf(text: string): KeyObject {
  return createPublicKey(pem(text, 'PUBLIC KEY'));
}

/** A key as PEM, also where only the middle of it was given. */
export function pem(text: string, label: string): string {
  return text.includes('-----BEGIN')
    ? text
    : `-----BEGIN ${label}-----\n${text.trim()}\n-----END ${label}-----`;
}

function codeOf(json: unknown): string {
  const parsed = z.object({ code: z.string() }).safeParse(json);
  return parsed.success ? parsed.data.code.toLowerCase().slice(0, 60) : 'not_understood';
}
