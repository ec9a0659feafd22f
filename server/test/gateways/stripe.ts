import { createHmac, randomBytes } from 'node:crypto';
import {
  type Counter,
  jsonHeaders,
  type Lie,
  type Reply,
  type SimulatedChannel,
  type Trade,
} from './ledger.ts';

/** Stripe: Checkout sessions, refunds, and events under its signature. */
export function simulatedStripe(counter: Counter): SimulatedChannel {
  const accountId = 'acct_1Simulated';
  const secretKey = `sk_test_${randomBytes(12).toString('hex')}`;
  const webhookSecret = `whsec_${randomBytes(16).toString('hex')}`;
  const say = (status: number, json: object): Reply => ({
    status,
    headers: jsonHeaders,
    body: JSON.stringify(json),
  });
  const seconds = () => Math.floor(counter.clock().getTime() / 1000);

  const session = (trade: Trade, lie: Lie = {}) => ({
    id: trade.handle,
    object: 'checkout.session',
    client_reference_id: trade.reference,
    status: trade.state === 'paid' ? 'complete' : trade.state === 'closed' ? 'expired' : 'open',
    payment_status: trade.state === 'paid' ? 'paid' : 'unpaid',
    amount_total: lie.amount ?? trade.amount,
    currency: (lie.currency ?? trade.currency).toLowerCase(),
    payment_intent: trade.state === 'paid' ? (lie.transaction ?? trade.transaction) : null,
    created: seconds(),
    url: `https://checkout.stripe.com/c/pay/${trade.handle}`,
  });

  return {
    account: accountId,
    credentials: { kind: 'stripe', accountId, secretKey, webhookSecret },
    answer({ method, path, headers, body }) {
      if (!path.startsWith('/v1/checkout/') && path !== '/v1/refunds') return undefined;
      if (headers.authorization !== `Bearer ${secretKey}`)
        return say(401, { error: { message: 'no such key' } });
      const fields = new URLSearchParams(body);
      if (path === '/v1/refunds') {
        const { refunds = 'done' } = counter.manners;
        const error = { type: 'invalid_request_error', code: 'charge_disputed', message: 'no' };
        if (refunds === 'failed') return say(400, { error });
        const trade = [...counter.trades.values()].find(
          ({ transaction }) => transaction === fields.get('payment_intent'),
        );
        trade?.refunds.set(String(headers['idempotency-key']), Number(fields.get('amount')));
        return say(200, {
          id: 're_1',
          object: 'refund',
          status: refunds === 'done' ? 'succeeded' : 'pending',
        });
      }
      if (method === 'POST' && path === '/v1/checkout/sessions') {
        const made = counter.open({
          reference: fields.get('client_reference_id') ?? '',
          amount: Number(fields.get('line_items[0][price_data][unit_amount]')),
          currency: (fields.get('line_items[0][price_data][currency]') ?? '').toUpperCase(),
          notifyUrl: '',
        });
        return say(200, session(made));
      }
      const [, handle = '', verb] = /sessions\/([^/]+)(\/expire)?$/.exec(path) ?? [];
      const trade = [...counter.trades.values()].find((one) => one.handle === handle);
      if (!trade) return say(404, { error: { type: 'invalid_request_error', message: 'no such session' } });
      if (verb && trade.state === 'paid')
        return say(400, { error: { type: 'invalid_request_error', message: 'paid' } });
      if (verb) trade.state = 'closed';
      return say(200, session(trade));
    },
    callback(trade, lie) {
      const event = {
        id: `evt_${randomBytes(8).toString('hex')}`,
        object: 'event',
        type: 'checkout.session.completed',
        ...(lie.account === undefined ? {} : { account: lie.account }),
        data: { object: session({ ...trade, state: 'paid' }, lie) },
      };
      const text = JSON.stringify(event);
      const at = Math.floor((lie.signedAt ?? counter.clock()).getTime() / 1000);
      const secret = lie.forged ? 'whsec_somebody_else' : webhookSecret;
      const mark = createHmac('sha256', secret).update(`${at}.${text}`).digest('hex');
      const body = lie.tampered ? text.replace('"paid"', '"paid" ') : text;
      return { headers: { ...jsonHeaders, 'stripe-signature': `t=${at},v1=${mark}` }, body };
    },
  };
}
