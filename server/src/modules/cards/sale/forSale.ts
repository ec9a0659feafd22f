import { type Refusal, refused } from '../../../kernel/outcome.ts';
import { validUntil } from '../../../kernel/time.ts';
import type { Context } from '../../../platform/executor/useCase.ts';
import type { Find } from '../../../platform/executor/workingSet.ts';
import { type ProgramVersion, salePriceOf, versionById } from '../../programs/index.ts';
import { mayActivate } from '../allowed.ts';
import { type Card, cardByCode, cardBySerial, serialText } from '../card.ts';
import { custodyRows, notHeld } from '../custody/holding.ts';
import type { Presented } from '../recognise.ts';

/** A card as it is named in a list: by its serial number or its code. */
export type Named = {
  readonly serial?: bigint | undefined;
  readonly code?: Pick<Presented, 'codeHashes' | 'wellFormed'> | undefined;
  readonly holder?: string | undefined;
};

type Found = {
  readonly named: Named;
  readonly card: Card | undefined;
  readonly version: ProgramVersion | undefined;
};
/** `index`: its place in the list or range as it was sent, from 0. */
type Rejected = { readonly index: number; readonly serial?: string; readonly reason: string };

/** What of custody these cards are judged by. */
export function custodyFor(found: readonly Found[], find: Find): ReturnType<typeof custodyRows> {
  return custodyRows(
    found.map(({ card }) => card),
    find,
  );
}

/** The cards that go by these names, each with its terms. */
export function forSale(named: readonly Named[], find: Find): readonly Found[] {
  return named.map((one) => {
    const card = cardNamed(one, find);
    return { named: one, card, version: card && find.one(versionById, card.versionId) };
  });
}

function cardNamed({ serial, code }: Named, find: Find): Card | undefined {
  const card =
    serial === undefined
      ? code?.codeHashes.map((hash) => find.one(cardByCode, hash)).find((found) => found !== undefined)
      : find.one(cardBySerial, String(serial));
  // The merchant's decoy has serial 0 and is no card.
  return card?.id === find.merchantId ? undefined : card;
}

export type Good = Found & { readonly card: Card; readonly version: ProgramVersion };

/** Those that can be sold now, and why each of the others cannot. */
export function sortForSale<One extends Found>(
  found: readonly One[],
  zone: string,
  at: { readonly storeId: string; readonly custody: ReturnType<typeof custodyRows> },
  context: Pick<Context, 'now'>,
): { good: readonly (One & Good)[]; rejected: readonly Rejected[] } {
  const good: (One & Good)[] = [];
  const rejected: Rejected[] = [];
  const seen = new Set<string>();
  for (const [index, one] of found.entries()) {
    const { named, card, version } = one;
    const serial = card?.serial ?? named.serial;
    const reject = (refusal: Refusal) =>
      rejected.push({
        index,
        ...(serial === undefined ? {} : { serial: serialText(serial) }),
        reason: refusal.refused,
      });
    if (named.code?.wellFormed === false) reject(refused('check_character_wrong'));
    else if (!card || !version) reject(refused('card_not_found'));
    else if (seen.has(card.id)) reject(refused('card_already_active'));
    else {
      seen.add(card.id);
      const unable =
        mayActivate(card) ??
        notHeld(at.custody, card, at.storeId) ??
        holderMissing(version, named) ??
        ended(version, zone, context);
      if (unable) reject(unable);
      else good.push({ ...one, card, version });
    }
  }
  return { good, rejected };
}

function holderMissing(version: ProgramVersion, { holder }: Named): Refusal | undefined {
  return version.bearer || holder !== undefined ? undefined : refused('holder_required', { field: 'holder' });
}

/** Who pays for a card gets one that is good: the day that its program names may be over by now. */
function ended(
  { validity }: ProgramVersion,
  zone: string,
  { now }: Pick<Context, 'now'>,
): Refusal | undefined {
  const end = validity.type === 'until' ? validUntil(validity, now, zone) : null;
  return end !== null && end <= now ? refused('card_expired') : undefined;
}

/** What these cards cost together; refused where no one payment can be for them. */
export function priceOf(good: readonly Good[]): bigint | Refusal {
  if (new Set(good.map(({ version }) => version.currency)).size > 1) {
    return refused('currency_mismatch', {
      field: 'cards',
      detail: 'One payment cannot be in two currencies.',
      next: 'Sell the cards of each currency by themselves.',
    });
  }
  return good.reduce((sum, { card, version }) => sum + salePriceOf(version, card.faceValue), 0n);
}
