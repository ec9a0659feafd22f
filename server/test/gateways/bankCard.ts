import { verify } from 'node:crypto';
import { rsaPair, signed } from './keys.ts';
import { type Counter, jsonHeaders, type Lie, type SimulatedChannel, type Trade } from './ledger.ts';

/** An acquirer that speaks the contract of docs/acquirer.md. */
export function simulatedBankCard(counter: Counter): SimulatedChannel {
  const ours = rsaPair();
  const theirs = rsaPair();
  const merchantNo = 'M100001';

  function signedHeaders(body: string, { forged, signedAt }: Pick<Lie, 'forged' | 'signedAt'>) {
    const time = (signedAt ?? counter.clock()).toISOString();
    return {
      ...jsonHeaders,
      'acquirer-time': time,
      'acquirer-signature': signed(`${time}\n${body}`, theirs, forged),
    };
  }

  const facts = (trade: Trade, lie: Lie = {}) => ({
    state: trade.state,
    orderId: trade.reference,
    ...(trade.state === 'paid'
      ? {
          merchantNo: lie.account ?? merchantNo,
          transaction: lie.transaction ?? trade.transaction,
          amount: lie.amount ?? trade.amount,
          currency: lie.currency ?? trade.currency,
          paidAt: counter.clock().toISOString(),
        }
      : {}),
  });

  function answerTo(path: string, content: Record<string, never>): object {
    const trade = counter.trades.get(content.orderId ?? '');
    if (path === '/payments') {
      const { orderId: reference = '', amount = 0, currency = '', notifyUrl = '' } = content;
      const made = counter.open({ reference, amount, currency, notifyUrl });
      return { ...facts(made), payUrl: `https://acquirer.example/pay/${made.handle}` };
    }
    if (path === '/refunds') {
      const { refunds = 'done' } = counter.manners;
      if (refunds === 'done') trade?.refunds.set(content.refundId ?? '', content.amount ?? 0);
      return { state: refunds, ...(refunds === 'failed' ? { reason: 'card_closed' } : {}) };
    }
    if (path === '/payments/close' && trade?.state === 'waiting') trade.state = 'closed';
    return trade ? facts(trade) : { state: 'waiting', orderId: content.orderId };
  }

  return {
    account: merchantNo,
    credentials: {
      kind: 'bank_card',
      merchantNo,
      privateKey: ours.privatePem,
      acquirerKey: theirs.publicPem,
    },
    answer({ path, headers, body }) {
      if (!/^\/(payments(\/query|\/close)?|refunds)$/.test(path)) return undefined;
      const text = `${headers['scrip-time']}\n${path}\n${body}`;
      const mark = Buffer.from(String(headers['scrip-signature']), 'base64');
      if (!verify('sha256', Buffer.from(text), ours.publicKey, mark)) return { status: 401, body: '{}' };
      const given = JSON.stringify(answerTo(path, JSON.parse(body)));
      const { forged = false } = counter.manners;
      return { status: 200, headers: signedHeaders(given, { forged }), body: given };
    },
    callback(trade, lie) {
      const body = JSON.stringify(facts({ ...trade, state: 'paid' }, lie));
      const headers = signedHeaders(body, lie);
      return { headers, body: lie.tampered ? body.replace('"paid"', '"paid" ') : body };
    },
  };
}
