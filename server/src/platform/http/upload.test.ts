import { Readable } from 'node:stream';
import { expect, test } from 'vitest';
import { isRefused } from '../../kernel/outcome.ts';
import { sentIn } from './upload.ts';

const limits = { types: ['text/csv'], bytesMax: 10 };
const request = (type: string, body: unknown) => ({ headers: { 'content-type': type }, body });

async function read(bytes: number) {
  const body = Readable.from([Buffer.alloc(bytes - 1), Buffer.alloc(1)]);
  const sent = sentIn(request('Text/CSV; charset=gbk', body), limits, 'm');
  if (isRefused(sent)) return sent.refused;
  let seen = 0;
  for await (const piece of sent.bytes) seen += piece.length;
  return seen;
}

test('a file is read as it arrives, up to the bytes that it may have and not one more', async () => {
  expect(await read(10)).toBe(10);
  await expect(read(11)).rejects.toMatchObject({ code: 'FST_ERR_CTP_BODY_TOO_LARGE' });
});

test('what is of another type is not read at all, and no body is an empty file', async () => {
  expect(sentIn(request('application/pdf', undefined), limits, 'm')).toMatchObject({
    refused: 'unsupported_media_type',
  });
  const sent = sentIn(request('text/csv', undefined), limits, 'm');
  if (isRefused(sent)) throw new Error('it is of the right type');
  for await (const piece of sent.bytes) expect(piece).toBeUndefined();
});
