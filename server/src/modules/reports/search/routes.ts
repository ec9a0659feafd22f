import { z } from 'zod';
import { activityId, decodeId, encodeId } from '../../../kernel/id.ts';
import type { Db } from '../../../platform/db/statement.ts';
import { type ReadContext, type Route, readRoute } from '../../../platform/http/route.ts';
import { textIn } from '../../../platform/http/shapes.ts';
import { type CardDesk, serialText } from '../../cards/index.ts';
import {
  canonicalCardNumber,
  memberAnswer,
  phoneOf,
  readMember,
  readMemberByCardNumber,
  readMemberByPhone,
  type Vault,
} from '../../members/index.ts';
import {
  type CardHit,
  findBatch,
  findByCode,
  findById,
  findByLast4,
  findByReference,
  findBySerial,
  findNamed,
  type NamedHit,
  type ReferenceHit,
} from './store.ts';

const kinds = [
  'card',
  'store',
  'program',
  'batch',
  'member',
  'staff',
  'api_key',
  'redemption',
  'hold',
  'activity',
] as const;
type Kind = (typeof kinds)[number];

const hit = z.object({
  kind: z.enum(kinds),
  id: z.string(),
  title: z.string(),
  subtitle: z.string().nullable(),
  to: z.string().meta({ description: 'Where it is shown: an address of the console.' }),
});
type Hit = z.output<typeof hit>;

const ofEachMost = 5;
const folders: Readonly<Record<Kind, string>> = {
  card: 'cards',
  store: 'stores',
  program: 'programs',
  batch: 'batches',
  member: 'members',
  staff: 'staff',
  api_key: 'api-keys',
  redemption: 'redemptions',
  hold: 'audit',
  activity: 'audit',
};

/** What search needs besides: whose code something is, and whose phone or card number. */
export type SearchParts = { readonly desk: Pick<CardDesk, 'present'>; readonly vault: Vault };

/** One box that finds a card, a store, a program, a batch, a person, a key, or what was done under a reference. */
export function searchRoutes(parts: SearchParts): readonly Route[] {
  return [
    readRoute({
      path: '/v1/search',
      tag: 'Search',
      summary:
        'Find a card (serial, last four, whole code), store, program, batch, member (whole phone or card number), member of staff, API key or reference; of each only what the reader may see',
      permission: 'merchant.read',
      query: z.strictObject({ q: z.union([textIn(64), z.literal('')]).default('') }),
      answer: z.object({ hits: z.array(hit) }),
      async read(db, { query }, context) {
        const word = query.q.trim();
        return { hits: word === '' ? [] : await search(db, parts, word, context) };
      },
    }),
  ];
}

async function search(
  db: Db,
  { desk, vault }: SearchParts,
  word: string,
  context: ReadContext,
): Promise<Hit[]> {
  const { merchantId, actor } = context;
  const seeing = actor.storeIds && [...actor.storeIds];
  const may = (permission: string) => actor.permissions.has(permission);
  const named = (kind: Parameters<typeof findNamed>[2]) =>
    findNamed(db, merchantId, kind, seeing, word, ofEachMost);
  const hits: Hit[] = [];
  if (may('cards.read')) {
    hits.push(...(await cardHits(db, desk, word, context)));
    const done = await findByReference(db, merchantId, seeing, word, ofEachMost);
    hits.push(...done.map(referenceHit));
  }
  if (may('members.read')) hits.push(...(await memberHits(db, vault, word, context)));
  if (may('stores.read')) hits.push(...(await named('stores')).map((one) => namedHit('store', 'store', one)));
  if (may('programs.read'))
    hits.push(...(await named('programs')).map((one) => namedHit('program', 'prog', one)));
  if (may('people.read')) {
    hits.push(...(await named('staff')).map((one) => namedHit('staff', 'stf', one)));
    hits.push(...(await named('keys')).map((one) => namedHit('api_key', 'key', one)));
  }
  if (may('batches.read')) hits.push(...(await batchHits(db, word, context)));
  return hits;
}

const serialIn = /^\d{1,10}$/;

async function cardHits(
  db: Db,
  desk: Pick<CardDesk, 'present'>,
  word: string,
  { merchantId, actor }: ReadContext,
): Promise<Hit[]> {
  const seeing = actor.storeIds && [...actor.storeIds];
  const found: CardHit[] = [];
  // Whose code it is, is asked only for what has the form of one, with its check character.
  const presented = desk.present(merchantId, word, undefined);
  if (presented.wellFormed) found.push(...(await findByCode(db, merchantId, seeing, presented.codeHashes)));
  if (serialIn.test(word)) found.push(...(await findBySerial(db, merchantId, seeing, BigInt(word))));
  if (/^[0-9A-Za-z]{4}$/.test(word))
    found.push(...(await findByLast4(db, merchantId, seeing, word.toUpperCase(), ofEachMost)));
  const id = decodeId('card', word);
  if (id !== undefined) found.push(...(await findById(db, merchantId, seeing, id)));
  const hits = found.map((card) =>
    hitOf('card', encodeId('card', card.id), serialText(card.serial), `••••${card.last4} ${card.state}`),
  );
  return hits.filter((one, n) => hits.findIndex((other) => other.id === one.id) === n);
}

/** Whose phone or card number it is, all of it, or whose id: nothing else of a member can be looked for, as it is kept sealed. */
async function memberHits(db: Db, vault: Vault, word: string, { merchantId }: ReadContext): Promise<Hit[]> {
  const phone = phoneOf(word);
  const id = decodeId('mem', word);
  const member =
    phone !== undefined
      ? await readMemberByPhone(db, merchantId, vault.phoneHashes(merchantId, phone))
      : id === undefined
        ? await readMemberByCardNumber(db, merchantId, canonicalCardNumber(word))
        : (await readMember(db, merchantId, id))?.member;
  if (!member) return [];
  const shown = memberAnswer(merchantId, member, vault);
  return [hitOf('member', shown.id, shown.name ?? shown.phone, shown.name === null ? null : shown.phone)];
}

async function batchHits(db: Db, word: string, { merchantId }: ReadContext): Promise<Hit[]> {
  const serial = serialIn.test(word) ? BigInt(word) : null;
  const id = decodeId('batch', word) ?? null;
  if (serial === null && id === null) return [];
  const found = await findBatch(db, merchantId, serial, id);
  return found.map((batch) => {
    const last = batch.firstSerial + BigInt(batch.quantity) - 1n;
    const range = `${serialText(batch.firstSerial)}–${serialText(last)}`;
    return hitOf('batch', encodeId('batch', batch.id), range, String(batch.quantity));
  });
}

function hitOf(kind: Kind, id: string, title: string, subtitle: string | null): Hit {
  return { kind, id, title, subtitle, to: `/${folders[kind]}/${id}` };
}

function namedHit(kind: Kind, prefix: string, { id, name, more }: NamedHit): Hit {
  return hitOf(kind, encodeId(prefix, id), name, more);
}

function referenceHit({ seq, type, occurredAt, amount }: ReferenceHit): Hit {
  const isRedemption = type === 'card.redeemed' || type === 'card.captured';
  const kind = isRedemption ? 'redemption' : type.startsWith('hold.') ? 'hold' : 'activity';
  const id = encodeId(isRedemption ? 'red' : 'act', activityId(occurredAt, seq));
  return hitOf(kind, id, type, `${amount ?? ''} ${occurredAt.toISOString()}`.trim());
}
