import { type AnswerOf, ask } from '../../api/client.ts';

type Quote = AnswerOf<'POST /v1/activation-quotes'>;

/** Cards that are being sold, with what the server says they cost. */
export type Quoted = Pick<Quote, 'amount' | 'currency' | 'cards'>;

/** What one sale at the counter holds at most. */
export const soldMax = 1_000;

/** The serial number of the card with a code; throws what the server refuses. */
export async function serialOfCode(
  code: string,
  storeId: string,
): Promise<{ serial: string; refused: string | undefined }> {
  const { body: found } = await ask('POST /v1/verifications', { body: { code, storeId } });
  const { body: card } = await ask('GET /v1/cards/{id}', { params: { id: found.cardId } });
  const may = card.allowed.activate;
  const refused = may?.ok === true ? undefined : (may?.reason ?? 'permission_denied');
  return { serial: card.serial, refused };
}

/** What these cards cost, and why those of them that cannot be sold cannot. */
export async function quoteOf(serials: readonly string[], storeId: string): Promise<Quote> {
  const cards = serials.map((serial) => ({ serial }));
  return (await ask('POST /v1/activation-quotes', { body: { cards, storeId } })).body;
}

/** What a range of serials costs, both ends included; undefined if it is too long. */
export async function quoteOfRange(from: bigint, to: bigint, storeId: string): Promise<Quote | undefined> {
  if (to - from >= BigInt(soldMax)) return undefined;
  const range = { from: String(from), to: String(to) };
  return (await ask('POST /v1/activation-quotes', { body: { range, storeId } })).body;
}
