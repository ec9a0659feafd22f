// 接收通知的最小程序 · The least that receives webhooks: node receiver.mjs SECRET_FILE PORT_FILE NEWS_FILE
import { createHmac, timingSafeEqual } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:http';

// verify:start
function verify(secret, headers, text) {
  const { 'webhook-id': id, 'webhook-timestamp': time, 'webhook-signature': signatures } = headers;
  if (Math.abs(Date.now() / 1000 - Number(time)) > 300) return false;
  const key = Buffer.from(secret.replace('whsec_', ''), 'base64');
  const expected = createHmac('sha256', key).update(`${id}.${time}.${text}`).digest();
  return signatures.split(' ').some((one) => {
    const given = Buffer.from(one.replace('v1,', ''), 'base64');
    return given.length === expected.length && timingSafeEqual(given, expected);
  });
}
// verify:end

const [secretFile, portFile, newsFile] = process.argv.slice(2);
const server = createServer(async (request, response) => {
  let text = '';
  for await (const piece of request.setEncoding('utf8')) text += piece;
  const isGood = verify(readFileSync(secretFile, 'utf8').trim(), request.headers, text);
  response.writeHead(isGood ? 200 : 401).end();
  if (isGood) writeFileSync(newsFile, text);
});
server.listen(0, '127.0.0.1', () => writeFileSync(portFile, String(server.address().port)));
