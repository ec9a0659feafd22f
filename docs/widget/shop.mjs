// A shop of its own that takes gift cards: a page with the widget, and a server that redeems with its own key.
//   SCRIP_URL=http://127.0.0.1:8080 SCRIP_KEY=… SCRIP_STORE=store_… SCRIP_MERCHANT=slug node docs/widget/shop.mjs
import { randomUUID } from 'node:crypto';
import { createServer } from 'node:http';

const { SCRIP_URL: scrip, SCRIP_KEY: key, SCRIP_STORE: storeId, SCRIP_MERCHANT: merchant } = process.env;
const port = process.env.PORT ?? '8090';

/** One order, as the shop knows it: the amount is the shop's word and never the browser's. */
const orders = new Map([['A1001', { amount: 3_500, currency: 'CNY', paid: false }]]);

const page = (language) => `<!doctype html>
<html lang="${language}">
  <head><meta charset="utf-8"><meta name="viewport" content="width=device-width"><title>茶叶店 · Tea shop</title></head>
  <body>
    <main>
      <h1>订单 A1001 · Order A1001</h1>
      <p>合计 ¥35.00</p>
      <div id="gift-card"></div>
      <p id="outcome" role="status"></p>
    </main>
    <script src="/shop.js"></script>
    <script src="${scrip}/widget/v1.js" data-merchant="${merchant}" data-target="#gift-card"></script>
  </body>
</html>`;

const script = `document.addEventListener('scrip:card', async ({ detail: { code, pin } }) => {
  const answer = await fetch('/orders/A1001/gift-card', {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ code, pin }),
  });
  document.getElementById('outcome').textContent = (await answer.json()).said;
});`;

// The shop's own policy: its own scripts and the widget's server, no inline script, no inline style.
const policy = `default-src 'none'; script-src 'self' ${scrip}; connect-src 'self' ${scrip}; base-uri 'none'`;

/** Pays an order from a card: under one key for the order, so that a repeated click pays once. */
async function pay(id, { code, pin }) {
  const order = orders.get(id);
  if (!order) return [404, '没有这个订单 · no such order'];
  order.key ??= randomUUID();
  const { amount, currency } = order;
  const answer = await fetch(`${scrip}/v1/redemptions`, {
    method: 'POST',
    headers: {
      authorization: `Bearer ${key}`,
      'content-type': 'application/json',
      'idempotency-key': order.key,
    },
    body: JSON.stringify({ code, ...(pin ? { pin } : {}), amount, currency, storeId, reference: id }),
  });
  const { code: refusal } = await answer.json();
  if (!answer.ok) {
    // Refused means that nothing was taken: another card is another request. After no answer the key stays.
    if (answer.status < 500) order.key = undefined;
    return [402, `没有付成 · not paid: ${refusal}`];
  }
  order.paid = true;
  return [200, '已付清 · paid'];
}

async function bodyOf(request) {
  let text = '';
  for await (const chunk of request) text += chunk;
  return JSON.parse(text);
}

const server = createServer(async (request, reply) => {
  const [, id] = /^\/orders\/(\w+)\/gift-card$/.exec(request.url) ?? [];
  if (request.method === 'POST' && id !== undefined) {
    const [status, said] = await pay(id, await bodyOf(request)).catch(() => [502, '稍后再试 · try again']);
    reply.writeHead(status, { 'content-type': 'application/json' }).end(JSON.stringify({ said }));
  } else if (request.url === '/shop.js')
    reply.writeHead(200, { 'content-type': 'text/javascript' }).end(script);
  else
    reply
      .writeHead(200, { 'content-type': 'text/html; charset=utf-8', 'content-security-policy': policy })
      .end(page(request.url === '/en' ? 'en' : 'zh-CN'));
});
server.listen(Number(port), '127.0.0.1', () =>
  process.stdout.write(`http://127.0.0.1:${server.address().port}/\n`),
);
