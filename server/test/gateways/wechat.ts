import { createCipheriv, randomBytes, verify } from 'node:crypto';
import { rsaPair, signed } from './keys.ts';
import {
  type Counter,
  jsonHeaders,
  type Lie,
  type Reply,
  type SimulatedChannel,
  type Trade,
} from './ledger.ts';

/** WeChat Pay's API v3: checks our signature, signs its answers, seals and signs its calls. */
export function simulatedWechat(counter: Counter): SimulatedChannel {
  const ours = rsaPair();
  const theirs = rsaPair();
  const mchId = '1900000001';
  const appId = 'wx0000000000000001';
  const apiV3Key = randomBytes(16).toString('hex');
  const serialNo = randomBytes(20).toString('hex').toUpperCase();
  const platformSerial = `PUB_KEY_ID_${randomBytes(12).toString('hex')}`;

  function headersOver(body: string, { forged, signedAt }: Pick<Lie, 'forged' | 'signedAt'> = {}) {
    const timestamp = String(Math.floor((signedAt ?? counter.clock()).getTime() / 1000));
    const nonce = randomBytes(8).toString('hex');
    return {
      ...jsonHeaders,
      'wechatpay-timestamp': timestamp,
      'wechatpay-nonce': nonce,
      'wechatpay-serial': platformSerial,
      'wechatpay-signature': signed(`${timestamp}\n${nonce}\n${body}\n`, theirs, forged),
    };
  }

  function say(status: number, json?: object): Reply {
    const body = json === undefined ? '' : JSON.stringify(json);
    const { forged = false } = counter.manners;
    return { status, headers: headersOver(body, { forged }), body };
  }

  const facts = (trade: Trade, lie: Lie = {}) => ({
    mchid: lie.account ?? mchId,
    appid: appId,
    out_trade_no: trade.reference,
    trade_state: trade.state === 'paid' ? 'SUCCESS' : trade.state === 'closed' ? 'CLOSED' : 'NOTPAY',
    ...(trade.state === 'paid'
      ? { transaction_id: lie.transaction ?? trade.transaction, success_time: counter.clock().toISOString() }
      : {}),
    amount: { total: lie.amount ?? trade.amount, currency: lie.currency ?? trade.currency },
  });

  return {
    account: mchId,
    credentials: {
      kind: 'wechat',
      mchId,
      appId,
      serialNo,
      privateKey: ours.privatePem,
      platformKey: theirs.publicPem,
      platformSerial,
      apiV3Key,
    },
    answer({ method, path, query, headers, body }) {
      if (!path.startsWith('/v3/')) return undefined;
      const given = /^WECHATPAY2-SHA256-RSA2048 (.*)$/.exec(String(headers.authorization))?.[1] ?? '';
      const part = (name: string) => new RegExp(`${name}="([^"]*)"`).exec(given)?.[1] ?? '';
      const target = query.size > 0 ? `${path}?${query}` : path;
      const text = `${method}\n${target}\n${part('timestamp')}\n${part('nonce_str')}\n${body}\n`;
      const isGood =
        part('mchid') === mchId &&
        part('serial_no') === serialNo &&
        verify('sha256', Buffer.from(text), ours.publicKey, Buffer.from(part('signature'), 'base64'));
      if (!isGood) return say(401, { code: 'SIGN_ERROR' });
      const content = body === '' ? {} : JSON.parse(body);
      if (path.startsWith('/v3/pay/transactions/native') || path.startsWith('/v3/pay/transactions/h5')) {
        const made = counter.open({
          reference: content.out_trade_no,
          amount: content.amount.total,
          currency: content.amount.currency,
          notifyUrl: content.notify_url,
        });
        return say(
          200,
          path.endsWith('h5')
            ? { h5_url: `https://wx.tenpay.com/${made.handle}` }
            : { code_url: `weixin://wxpay/bizpayurl?pr=${made.handle}` },
        );
      }
      if (path === '/v3/refund/domestic/refunds') {
        const { refunds = 'done' } = counter.manners;
        if (refunds === 'failed') return say(400, { code: 'INVALID_REQUEST' });
        const trade = [...counter.trades.values()].find((one) => one.transaction === content.transaction_id);
        trade?.refunds.set(content.out_refund_no, content.amount.refund);
        return say(200, { status: refunds === 'done' ? 'SUCCESS' : 'PROCESSING' });
      }
      const [, reference = '', close] = /out-trade-no\/([^/]+)(\/close)?$/.exec(path) ?? [];
      const trade = counter.trades.get(reference);
      if (!trade) return say(404, { code: 'ORDER_NOT_EXIST' });
      if (!close) return say(200, facts(trade));
      if (trade.state === 'paid') return say(400, { code: 'ORDERPAID' });
      trade.state = 'closed';
      return say(204);
    },
    callback(trade, lie) {
      const nonce = randomBytes(6).toString('hex');
      const sealing = createCipheriv('aes-256-gcm', Buffer.from(apiV3Key), Buffer.from(nonce));
      sealing.setAAD(Buffer.from('transaction'));
      const text = JSON.stringify(facts({ ...trade, state: 'paid' }, lie));
      const sealed = Buffer.concat([sealing.update(text), sealing.final(), sealing.getAuthTag()]);
      if (lie.tampered) sealed.writeUInt8(sealed.readUInt8(3) ^ 1, 3);
      const ciphertext = sealed.toString('base64');
      const body = JSON.stringify({
        id: randomBytes(8).toString('hex'),
        event_type: 'TRANSACTION.SUCCESS',
        resource: { algorithm: 'AEAD_AES_256_GCM', ciphertext, nonce, associated_data: 'transaction' },
      });
      return { headers: headersOver(body, lie), body };
    },
  };
}
