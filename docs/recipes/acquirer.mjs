// 按 docs/acquirer.md 约定的最小收单方，供示例用 · The least acquirer that speaks docs/acquirer.md, for trying: node acquirer.mjs FOLDER
// In the folder it reads scrip.pem, the public key of who asks, and writes acquirer.pem, its own, and its port.
import { createSign, createVerify, generateKeyPairSync, randomUUID } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';

const folder = process.argv[2];
const { publicKey, privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
const orders = new Map();

// acquirer:start
function signed(body) {
  const time = new Date().toISOString();
  const signature = createSign('sha256').update(`${time}\n${body}`).sign(privateKey, 'base64');
  return { 'content-type': 'application/json', 'acquirer-time': time, 'acquirer-signature': signature };
}

function isFromScrip({ headers, url }, body) {
  const key = readFileSync(`${folder}/scrip.pem`);
  const text = `${headers['scrip-time']}\n${url}\n${body}`;
  return createVerify('sha256')
    .update(text)
    .verify(key, headers['scrip-signature'] ?? '', 'base64');
}
// acquirer:end

function standing(orderId) {
  const { state = 'waiting', asked, transaction, paidAt } = orders.get(orderId) ?? {};
  if (state !== 'paid') return { orderId, state };
  const { merchantNo, amount, currency } = asked;
  return { orderId, state, merchantNo, amount, currency, transaction, paidAt };
}

const answers = {
  '/payments'(asked) {
    if (!orders.has(asked.orderId)) orders.set(asked.orderId, { state: 'waiting', asked });
    return { ...standing(asked.orderId), payUrl: `https://acquirer.example/pay/${asked.orderId}` };
  },
  '/payments/query': ({ orderId }) => standing(orderId),
  '/payments/close'({ orderId }) {
    const order = orders.get(orderId);
    if (order?.state === 'waiting') order.state = 'closed';
    return standing(orderId);
  },
  '/refunds': () => ({ state: 'done' }),
};

/** Somebody has paid on the acquirer's page, which tells the shop. */
async function paid(orderId) {
  const order = orders.get(orderId);
  Object.assign(order, { state: 'paid', transaction: randomUUID(), paidAt: new Date().toISOString() });
  const body = JSON.stringify(standing(orderId));
  return fetch(order.asked.notifyUrl, { method: 'POST', headers: signed(body), body });
}

const server = createServer(async (request, response) => {
  let body = '';
  for await (const piece of request.setEncoding('utf8')) body += piece;
  if (request.url.startsWith('/pay/')) {
    response.writeHead((await paid(request.url.slice('/pay/'.length))).status).end();
    return;
  }
  const answer = answers[request.url];
  if (!answer || !isFromScrip(request, body)) {
    response.writeHead(answer ? 401 : 404).end();
    return;
  }
  const text = JSON.stringify(answer(JSON.parse(body)));
  response.writeHead(200, signed(text)).end(text);
});
writeFileSync(`${folder}/acquirer.pem`, publicKey.export({ type: 'spki', format: 'pem' }));
server.listen(0, '127.0.0.1', () => writeFileSync(`${folder}/port`, String(server.address().port)));
