import type { AlipaySdk } from 'alipay-sdk';
import { z } from 'zod';
import type { Call } from '../../../platform/http/route.ts';
import {
  amountFrom,
  decimalOf,
  type Gateway,
  type GatewayParts,
  type Heard,
  type Ordered,
  type Payment,
  type Refunding,
  type Standing,
  timeoutMs,
  whyOf,
} from '../gateway.ts';

export const AlipayCredentials = z.strictObject({
  kind: z.literal('alipay'),
  appId: z.string().regex(/^\d{8,32}$/),
  privateKey: z.string().min(64).max(8_000),
  alipayPublicKey: z.string().min(64).max(8_000),
});

const currency = 'CNY';
const fen = 2;
const answered = z.object({
  code: z.string().optional(),
  subCode: z.string().optional(),
  tradeNo: z.string().optional(),
  tradeStatus: z.string().optional(),
  totalAmount: z.string().optional(),
  sendPayDate: z.string().optional(),
  qrCode: z.string().optional(),
  fundChange: z.string().optional(),
});
type Answered = z.output<typeof answered>;
const paidStates: ReadonlySet<string> = new Set(['TRADE_SUCCESS', 'TRADE_FINISHED']);

/** Alipay, by its own SDK: requests and answers signed with RSA2, and so what it calls us with. */
export async function alipayGateway(
  credentials: z.output<typeof AlipayCredentials>,
  parts: GatewayParts,
): Promise<Gateway> {
  const { AlipaySdk: Sdk } = await import('alipay-sdk');
  const sdk = new Sdk({
    appId: credentials.appId,
    privateKey: credentials.privateKey,
    alipayPublicKey: credentials.alipayPublicKey,
    keyType: credentials.privateKey.includes('BEGIN RSA PRIVATE KEY') ? 'PKCS1' : 'PKCS8',
    timeout: timeoutMs,
    ...(parts.baseUrl === null ? {} : { gateway: new URL('/gateway.do', parts.baseUrl).href }),
  });

  async function ask(method: string, bizContent: object, notifyUrl?: string): Promise<Answered> {
    const more = notifyUrl === undefined ? {} : { notifyUrl };
    return answered.parse(await sdk.exec(method, { bizContent, ...more }, { validateSign: true }));
  }

  const query = (order: Ordered) =>
    standingOf(() => ask('alipay.trade.query', { out_trade_no: order.reference }), credentials.appId);

  return {
    async start(order) {
      try {
        const bizContent = {
          out_trade_no: order.reference,
          total_amount: decimalOf(order.amount, fen),
          subject: order.subject,
          time_expire: chineseTime(order.expiresAt),
        };
        if (order.method === 'qr') {
          const made = await ask('alipay.trade.precreate', bizContent, parts.notifyUrl);
          if (made.qrCode === undefined) return { failure: made.subCode ?? made.code ?? 'no_code' };
          return { kind: 'qr', content: made.qrCode, handle: null };
        }
        const content = sdk.pageExecute('alipay.trade.wap.pay', 'GET', {
          notifyUrl: parts.notifyUrl,
          returnUrl: parts.returnUrl,
          bizContent: { ...bizContent, product_code: 'QUICK_WAP_WAY' },
        });
        return { kind: 'redirect', content, handle: null };
      } catch (error) {
        return { failure: whyOf(error) };
      }
    },
    query,
    async close(order) {
      try {
        const closed = await ask('alipay.trade.close', { out_trade_no: order.reference });
        if (closed.code === '10000' || closed.subCode === 'ACQ.TRADE_NOT_EXIST') return { state: 'closed' };
      } catch (error) {
        return { state: 'unknown', why: whyOf(error) };
      }
      return query(order);
    },
    refund: (refund) => refundBy(ask, refund),
    hear: async (call) => heard(sdk, credentials.appId, call),
    taken: { status: 200, type: 'text/plain; charset=utf-8', body: 'success' },
  };
}

async function standingOf(ask: () => Promise<Answered>, account: string): Promise<Standing> {
  try {
    const found = await ask();
    if (found.subCode === 'ACQ.TRADE_NOT_EXIST') return { state: 'waiting' };
    if (found.code !== '10000') return { state: 'unknown', why: found.subCode ?? found.code ?? 'no_code' };
    if (found.tradeStatus === 'WAIT_BUYER_PAY') return { state: 'waiting' };
    if (found.tradeStatus === 'TRADE_CLOSED') return { state: 'closed' };
    const payment = paymentOf(account, found.tradeNo, found.totalAmount, found.sendPayDate);
    if (!payment || !paidStates.has(found.tradeStatus ?? ''))
      return { state: 'unknown', why: 'not_understood' };
    return { state: 'paid', payment };
  } catch (error) {
    return { state: 'unknown', why: whyOf(error) };
  }
}

async function refundBy(
  ask: (method: string, bizContent: object) => Promise<Answered>,
  { orderReference, amount, reference, reason }: Refunding,
) {
  try {
    const done = await ask('alipay.trade.refund', {
      out_trade_no: orderReference,
      refund_amount: decimalOf(amount, fen),
      out_request_no: reference,
      refund_reason: reason,
    });
    if (done.code === '10000') return { state: 'done' } as const;
    const why = done.subCode ?? done.code ?? 'no_code';
    // Of these it is said that asking again may help; of others not.
    const mayPass =
      done.code === '20000' || why === 'ACQ.SYSTEM_ERROR' || why === 'ACQ.SELLER_BALANCE_NOT_ENOUGH';
    return { state: mayPass ? 'unknown' : 'failed', why } as const;
  } catch (error) {
    return { state: 'unknown', why: whyOf(error) } as const;
  }
}

function heard(sdk: AlipaySdk, appId: string, { bytes }: Call): Heard {
  const fields = Object.fromEntries(new URLSearchParams(bytes.toString('utf8')));
  const { sign, sign_type: signType } = fields;
  if (sign === undefined || signType !== 'RSA2') return { says: 'bad', why: 'unsigned' };
  try {
    // It takes the signature out of what it is handed.
    if (!sdk.checkNotifySignV2({ ...fields })) return { says: 'bad', why: 'signature' };
  } catch (error) {
    return { says: 'bad', why: whyOf(error) };
  }
  const { app_id: account = '', out_trade_no: reference, trade_no, total_amount, gmt_payment } = fields;
  if (!paidStates.has(fields.trade_status ?? '')) return { says: 'nothing' };
  // A refund is told by the same call, with the trade as it was paid.
  if (fields.refund_fee !== undefined) return { says: 'nothing' };
  const payment = paymentOf(account || appId, trade_no, total_amount, gmt_payment);
  if (reference === undefined || !payment) return { says: 'bad', why: 'not_understood' };
  return { says: 'paid', reference, payment };
}

function paymentOf(
  account: string,
  transaction: string | undefined,
  total: string | undefined,
  paidAt: string | undefined,
): Payment | undefined {
  const amount = amountFrom(total, fen);
  const at = new Date(`${(paidAt ?? '').replace(' ', 'T')}+08:00`);
  if (transaction === undefined || amount === undefined || Number.isNaN(at.getTime())) return undefined;
  return { account, transaction, amount, currency, paidAt: at };
}

/** `2026-11-22 12:00:00`, as Alipay writes a time: in Chinese time. */
function chineseTime(at: Date): string {
  return new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');
}
