import { type AnswerOf, ask, type ItemOf } from '../../api/client.ts';

type Card = ItemOf<'GET /v1/cards'>;
type Program = AnswerOf<'GET /v1/card-programs/{id}'>;

/** A card that is being sold, with what it costs under its program as the server lists it. */
export type Sold = {
  readonly serial: string;
  readonly maskedCode: string;
  readonly price: number;
  readonly currency: string;
};

/** What one sale at the counter holds at most. */
export const soldMax = 1_000;
const pageMax = 200;

/** The card with a code; throws what the server refuses. */
export async function cardOfCode(
  code: string,
  storeId: string,
): Promise<{ sold: Sold; refused: string | undefined }> {
  const { body: found } = await ask('POST /v1/verifications', { body: { code, storeId } });
  const { body: card } = await ask('GET /v1/cards/{id}', { params: { id: found.cardId } });
  const may = card.allowed.activate;
  const [sold] = await priced([card]);
  if (!sold) throw new Error('one card has one price');
  return { sold, refused: may?.ok === true ? undefined : (may?.reason ?? 'permission_denied') };
}

/** The cards of a range of serials, both ends included; undefined if there are too many. */
export async function cardsOfRange(from: bigint, to: bigint): Promise<readonly Sold[] | undefined> {
  const cards: Card[] = [];
  const range = { serialFrom: String(from), serialTo: String(to), limit: pageMax };
  let cursor: string | undefined;
  for (;;) {
    const { body } = await ask('GET /v1/cards', { query: { ...range, cursor } });
    cards.push(...body.items);
    if (cards.length > soldMax) return undefined;
    if (body.nextCursor === null) return priced(cards);
    cursor = body.nextCursor;
  }
}

type Priceable = Pick<Card, 'serial' | 'maskedCode' | 'programId' | 'faceValue' | 'currency'>;

async function priced(cards: readonly Priceable[]): Promise<readonly Sold[]> {
  const ids = [...new Set(cards.map(({ programId }) => programId))];
  const programs = await Promise.all(ids.map((id) => ask('GET /v1/card-programs/{id}', { params: { id } })));
  const priceOf = ({ programId, faceValue }: Priceable) => {
    const program: Program | undefined = programs.find(({ body }) => body.id === programId)?.body;
    return program?.salePrice.find((price) => price.faceValue === faceValue)?.salePrice ?? faceValue;
  };
  return cards.map((card) => ({
    serial: card.serial,
    maskedCode: card.maskedCode,
    price: priceOf(card),
    currency: card.currency,
  }));
}
