import { verify } from 'node:crypto';
import { rsaPair, signed } from './keys.ts';
import { type Counter, jsonHeaders, type SimulatedChannel, type Trade } from './ledger.ts';

const yuan = (amount: number) => (amount / 100).toFixed(2);
const chinese = (at: Date) =>
  new Date(at.getTime() + 8 * 3_600_000).toISOString().slice(0, 19).replace('T', ' ');

/** Alipay's gateway: checks our RSA2 signature and signs its answers and calls. */
export function simulatedAlipay(counter: Counter): SimulatedChannel {
  const ours = rsaPair();
  const theirs = rsaPair();
  const appId = '2021000000000001';
  const middle = (text: string) => text.replace(/-----[^-]+-----|\n/g, '');

  function answerTo(method: string, content: Record<string, string>): Record<string, unknown> {
    const reference = content.out_trade_no ?? '';
    const trade = counter.trades.get(reference);
    const good = { code: '10000', msg: 'Success' };
    const none = { code: '40004', msg: 'Business Failed', sub_code: 'ACQ.TRADE_NOT_EXIST' };
    switch (method) {
      case 'alipay.trade.query':
        // Before somebody has scanned it there is no trade.
        if (!trade || trade.state === 'waiting') return none;
        return { ...good, ...facts(trade), send_pay_date: chinese(counter.clock()) };
      case 'alipay.trade.close':
        if (!trade || trade.state === 'waiting') {
          if (trade) trade.state = 'closed';
          return none;
        }
        return { ...none, sub_code: 'ACQ.TRADE_STATUS_ERROR' };
      case 'alipay.trade.refund': {
        if (counter.manners.refunds === 'failed') return { ...none, sub_code: 'ACQ.TRADE_HAS_FINISHED' };
        trade?.refunds.set(content.out_request_no ?? '', Number(content.refund_amount) * 100);
        return { ...good, fund_change: 'Y' };
      }
      default:
        return { code: '40006' };
    }
  }

  const facts = (trade: Trade) => ({
    out_trade_no: trade.reference,
    trade_no: trade.transaction,
    trade_status: trade.state === 'paid' ? 'TRADE_SUCCESS' : 'TRADE_CLOSED',
    total_amount: yuan(trade.amount),
  });

  return {
    account: appId,
    credentials: {
      kind: 'alipay',
      appId,
      privateKey: middle(ours.privatePem),
      alipayPublicKey: middle(theirs.publicPem),
    },
    answer({ path, query, body }) {
      if (path !== '/gateway.do') return undefined;
      const fields = Object.fromEntries([...query, ...new URLSearchParams(body)]);
      const { sign = '', ...others } = fields;
      const text = Object.keys(others)
        .sort()
        .map((name) => `${name}=${others[name]}`)
        .join('&');
      if (!verify('sha256', Buffer.from(text), ours.publicKey, Buffer.from(sign, 'base64'))) {
        return { status: 400, body: 'the request is not signed by the app' };
      }
      const method = fields.method ?? '';
      const content: Record<string, string> = JSON.parse(fields.biz_content ?? '{}');
      let given = answerTo(method, content);
      if (method === 'alipay.trade.precreate' || method === 'alipay.trade.wap.pay') {
        const made = counter.open({
          reference: content.out_trade_no ?? '',
          amount: Math.round(Number(content.total_amount) * 100),
          currency: 'CNY',
          notifyUrl: fields.notify_url ?? '',
        });
        given = { code: '10000', msg: 'Success', qr_code: `https://qr.alipay.com/${made.handle}` };
      }
      const name = `${method.replaceAll('.', '_')}_response`;
      const raw = JSON.stringify(given);
      const mark = signed(raw, theirs, counter.manners.forged);
      return { status: 200, headers: jsonHeaders, body: `{"${name}":${raw},"sign":"${mark}"}` };
    },
    callback(trade, lie) {
      const fields: Record<string, string> = {
        notify_type: 'trade_status_sync',
        app_id: lie.account ?? appId,
        out_trade_no: trade.reference,
        trade_no: lie.transaction ?? trade.transaction,
        trade_status: 'TRADE_SUCCESS',
        total_amount: yuan(lie.amount ?? trade.amount),
        gmt_payment: chinese(counter.clock()),
        subject: '会员充值 Top-up',
      };
      const text = Object.keys(fields)
        .sort()
        .map((name) => `${name}=${fields[name]}`)
        .join('&');
      const sign = signed(text, theirs, lie.forged);
      const changed = lie.tampered ? { ...fields, total_amount: '0.01' } : fields;
      const body = new URLSearchParams({ ...changed, sign, sign_type: 'RSA2' }).toString();
      return { headers: { 'content-type': 'application/x-www-form-urlencoded; charset=utf-8' }, body };
    },
  };
}
