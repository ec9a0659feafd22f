import type Stripe from 'stripe';
import { z } from 'zod';
import { jsonAmount } from '../../../kernel/money.ts';
import type { Call } from '../../../platform/http/route.ts';
import {
  type Gateway,
  type GatewayParts,
  type Heard,
  type Ordered,
  type Payment,
  type Standing,
  timeoutMs,
  whyOf,
} from '../gateway.ts';

export const StripeCredentials = z.strictObject({
  kind: z.literal('stripe'),
  /** `acct_…`: whose account it is. */
  accountId: z.string().regex(/^acct_\w{4,40}$/),
  secretKey: z.string().regex(/^[sr]k_\w{8,250}$/),
  webhookSecret: z.string().regex(/^whsec_[\w+/=]{8,250}$/),
});
type Credentials = z.output<typeof StripeCredentials>;

const toleranceSeconds = 300;
/** It takes no session that ends sooner; we close it ourselves. */
const sessionMinMs = 31 * 60_000;

const sessionShape = z.object({
  id: z.string(),
  client_reference_id: z.string().nullable(),
  status: z.string().nullable(),
  payment_status: z.string(),
  amount_total: z.int().nullable(),
  currency: z.string().nullable(),
  payment_intent: z.string().nullable(),
  created: z.int(),
  url: z.string().nullable().optional(),
});

/** Stripe, and bank cards through it: a Checkout session for each order. */
export async function stripeGateway(credentials: Credentials, parts: GatewayParts): Promise<Gateway> {
  const { default: Sdk } = await import('stripe');
  const stripe = new Sdk(credentials.secretKey, {
    timeout: timeoutMs,
    maxNetworkRetries: 0,
    telemetry: false,
    ...placeOf(parts.baseUrl),
  });
  const { accountId } = credentials;

  const query = async (order: Ordered): Promise<Standing> => {
    // Without a session nobody can have paid.
    if (order.handle === null) return { state: 'waiting' };
    try {
      const session = sessionShape.parse(await stripe.checkout.sessions.retrieve(order.handle));
      if (session.client_reference_id !== order.reference) return { state: 'unknown', why: 'another_order' };
      const payment = paymentOf(session, accountId);
      if (payment) return { state: 'paid', payment };
      return { state: session.status === 'expired' ? 'closed' : 'waiting' };
    } catch (error) {
      return { state: 'unknown', why: whyOf(error) };
    }
  };

  return {
    async start(order) {
      try {
        const made = await stripe.checkout.sessions.create(sessionOf(order, parts), {
          idempotencyKey: order.reference,
        });
        const { id, url } = sessionShape.parse(made);
        return url ? { kind: order.method, content: url, handle: id } : { failure: 'no_page' };
      } catch (error) {
        return { failure: whyOf(error) };
      }
    },
    query,
    async close(order) {
      if (order.handle === null) return { state: 'closed' };
      try {
        const { status } = await stripe.checkout.sessions.expire(order.handle);
        if (status === 'expired') return { state: 'closed' };
      } catch {
        // It will not close what was paid; which it is, it says when asked.
      }
      return query(order);
    },
    async refund({ transaction, amount, reference }) {
      try {
        const { status } = await stripe.refunds.create(
          { payment_intent: transaction, amount: jsonAmount(amount), metadata: { refund: reference } },
          { idempotencyKey: reference },
        );
        if (status === 'succeeded') return { state: 'done' };
        if (status === 'pending' || status === 'requires_action') return { state: 'pending' };
        return { state: 'failed', why: status ?? 'no_status' };
      } catch (error) {
        const isTheirs = error instanceof Sdk.errors.StripeInvalidRequestError;
        return { state: isTheirs ? 'failed' : 'unknown', why: whyOf(error) };
      }
    },
    hear: (call) => heard(stripe, credentials, call),
    taken: { status: 200, type: 'application/json; charset=utf-8', body: '{"received":true}' },
  };
}

function placeOf(baseUrl: string | null) {
  if (baseUrl === null) return {};
  const { hostname, port, protocol } = new URL(baseUrl);
  const scheme = protocol === 'http:' ? ('http' as const) : ('https' as const);
  return { host: hostname, protocol: scheme, ...(port === '' ? {} : { port }) };
}

function sessionOf(order: Ordered, parts: GatewayParts): Stripe.Checkout.SessionCreateParams {
  const least = parts.clock().getTime() + sessionMinMs;
  const until = Math.max(order.expiresAt.getTime(), least);
  return {
    mode: 'payment',
    client_reference_id: order.reference,
    line_items: [
      {
        quantity: 1,
        price_data: {
          currency: order.currency.toLowerCase(),
          unit_amount: jsonAmount(order.amount),
          product_data: { name: order.subject },
        },
      },
    ],
    payment_intent_data: { metadata: { order: order.reference } },
    success_url: parts.returnUrl,
    cancel_url: parts.returnUrl,
    expires_at: Math.floor(until / 1000),
  };
}

function paymentOf(session: z.output<typeof sessionShape>, account: string): Payment | undefined {
  const { payment_status, payment_intent: transaction, amount_total: total, currency, created } = session;
  if (payment_status !== 'paid' || transaction === null || total === null || currency === null)
    return undefined;
  const paidAt = new Date(created * 1000);
  return { account, transaction, amount: BigInt(total), currency: currency.toUpperCase(), paidAt };
}

async function heard(stripe: Stripe, { webhookSecret, accountId }: Credentials, call: Call): Promise<Heard> {
  const header = call.headers['stripe-signature'];
  if (header === undefined) return { says: 'bad', why: 'unsigned' };
  try {
    const event = await stripe.webhooks.constructEventAsync(
      call.bytes,
      header,
      webhookSecret,
      toleranceSeconds,
      undefined,
      call.now.getTime(),
    );
    const isOfSession =
      event.type === 'checkout.session.completed' ||
      event.type === 'checkout.session.async_payment_succeeded';
    if (!isOfSession) return { says: 'nothing' };
    const session = sessionShape.safeParse(event.data.object);
    if (!session.success) return { says: 'bad', why: 'not_understood' };
    const payment = paymentOf(session.data, event.account ?? accountId);
    const { client_reference_id: reference } = session.data;
    // Completed and not yet paid: a bank takes its time, and says so later.
    if (!payment || reference === null) return { says: 'nothing' };
    return { says: 'paid', reference, payment };
  } catch (error) {
    return { says: 'bad', why: whyOf(error) };
  }
}
