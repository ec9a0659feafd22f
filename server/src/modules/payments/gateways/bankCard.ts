// Any acquirer that speaks the contract in docs/acquirer.md: JSON over HTTPS, RSA-SHA256 over each message in both ways.

import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { z } from 'zod';
import { jsonAmount } from '../../../kernel/money.ts';
import { post } from '../../../platform/outbound/post.ts';
import {
  type Gateway,
  type GatewayParts,
  jsonOf,
  type Ordered,
  type Payment,
  type Standing,
  timeoutMs,
} from '../gateway.ts';
import { pem } from './wechat.ts';

export const BankCardCredentials = z.strictObject({
  kind: z.literal('bank_card'),
  merchantNo: z.string().regex(/^\w{4,40}$/),
  privateKey: z.string().min(64).max(8_000),
  acquirerKey: z.string().min(64).max(8_000),
});
type Credentials = z.output<typeof BankCardCredentials>;

const driftMaxMs = 5 * 60_000;
const limits = { timeoutMs, bodyBytesMax: 64 * 1024 };

const answerShape = z.object({
  state: z.enum(['waiting', 'paid', 'closed', 'done', 'pending', 'failed']),
  orderId: z.string().optional(),
  merchantNo: z.string().optional(),
  transaction: z.string().min(1).max(100).optional(),
  amount: z.int().min(1).optional(),
  currency: z.string().optional(),
  paidAt: z.iso.datetime({ offset: true }).optional(),
  payUrl: z.url().optional(),
  reason: z.string().max(60).optional(),
});
type Answer = z.output<typeof answerShape>;
type Given = Answer | { readonly failure: string };

/** A bank card through an acquirer's page. */
export function bankCardGateway(credentials: Credentials, parts: GatewayParts): Gateway {
  const key = createPrivateKey(pem(credentials.privateKey, 'PRIVATE KEY'));
  const { merchantNo } = credentials;

  async function ask(path: string, content: object): Promise<Given> {
    if (parts.baseUrl === null) return { failure: 'no_address' };
    const body = JSON.stringify({ merchantNo, ...content });
    const timestamp = parts.clock().toISOString();
    const signature = sign('sha256', Buffer.from(`${timestamp}\n${path}\n${body}`), key).toString('base64');
    const headers = {
      'content-type': 'application/json',
      'scrip-time': timestamp,
      'scrip-signature': signature,
    };
    const sent = await post({ url: parts.baseUrl + path, headers, body }, parts.allowed, limits);
    if ('failure' in sent) return sent;
    const found = (name: string) => new RegExp(`^${name}: (.+)$`, 'im').exec(sent.head)?.[1] ?? '';
    const fault = faultOf(
      credentials,
      found('acquirer-time'),
      found('acquirer-signature'),
      sent.body,
      parts.clock(),
    );
    if (fault !== undefined) return { failure: fault };
    const answer = answerShape.safeParse(jsonOf(sent.body));
    return answer.success ? answer.data : { failure: 'not_understood' };
  }

  const query = async (order: Ordered) =>
    standingOf(await ask('/payments/query', { orderId: order.reference }), order);
  return {
    async start(order) {
      const given = await ask('/payments', {
        orderId: order.reference,
        amount: jsonAmount(order.amount),
        currency: order.currency,
        subject: order.subject,
        expiresAt: order.expiresAt.toISOString(),
        notifyUrl: parts.notifyUrl,
        returnUrl: parts.returnUrl,
      });
      if ('failure' in given) return given;
      return given.payUrl
        ? { kind: order.method, content: given.payUrl, handle: null }
        : { failure: given.reason ?? 'no_page' };
    },
    query,
    close: async (order) => standingOf(await ask('/payments/close', { orderId: order.reference }), order),
    async refund({ reference, orderReference, transaction, amount, currency, reason }) {
      const given = await ask('/refunds', {
        refundId: reference,
        orderId: orderReference,
        transaction,
        amount: jsonAmount(amount),
        currency,
        reason,
      });
      if ('failure' in given) return { state: 'unknown', why: given.failure };
      if (given.state === 'done' || given.state === 'pending') return { state: given.state };
      return {
        state: given.state === 'failed' ? 'failed' : 'unknown',
        why: given.reason ?? 'not_understood',
      };
    },
    async hear({ bytes, headers, now }) {
      const { 'acquirer-time': time = '', 'acquirer-signature': signature = '' } = headers;
      const fault = faultOf(credentials, time, signature, bytes.toString('utf8'), now);
      if (fault !== undefined) return { says: 'bad', why: fault };
      const said = answerShape.safeParse(jsonOf(bytes.toString('utf8')));
      const payment = said.success ? paymentOf(said.data) : undefined;
      if (!said.success) return { says: 'bad', why: 'not_understood' };
      if (!payment || said.data.orderId === undefined) return { says: 'nothing' };
      return { says: 'paid', reference: said.data.orderId, payment };
    },
    taken: { status: 200, type: 'text/plain; charset=utf-8', body: 'ok' },
  };
}

function standingOf(given: Given, order: Ordered): Standing {
  if ('failure' in given) return { state: 'unknown', why: given.failure };
  if (given.orderId !== order.reference) return { state: 'unknown', why: 'another_order' };
  if (given.state === 'waiting' || given.state === 'closed') return { state: given.state };
  const payment = paymentOf(given);
  return payment ? { state: 'paid', payment } : { state: 'unknown', why: 'not_understood' };
}

function paymentOf(answer: Answer): Payment | undefined {
  const { state, transaction, amount, currency, merchantNo: account, paidAt } = answer;
  if (state !== 'paid' || !transaction || !amount || !currency || !account || !paidAt) return undefined;
  return { transaction, amount: BigInt(amount), currency, account, paidAt: new Date(paidAt) };
}

function faultOf(
  { acquirerKey }: Credentials,
  time: string,
  signature: string,
  body: string,
  now: Date,
): string | undefined {
  const at = new Date(time).getTime();
  if (Number.isNaN(at)) return 'unsigned';
  if (Math.abs(now.getTime() - at) > driftMaxMs) return 'signed_at_another_time';
  const key = createPublicKey(pem(acquirerKey, 'PUBLIC KEY'));
  const isGood = verify('sha256', Buffer.from(`${time}\n${body}`), key, Buffer.from(signature, 'base64'));
  return isGood ? undefined : 'signature';
}
