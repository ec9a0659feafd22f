import { useSession } from '../../ui/session.ts';
import { formatDay, formatLastDay } from '../../ui/time.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { useStores } from '../kit/names.ts';
import { useParties } from '../kit/parties.ts';
import { periodWords, statementWords } from './words.ts';

type Named = { readonly storeId: string | null; readonly name: string | null };

/**
 * Names a store, a party or, by null, the merchant. Who is limited to a store sees no list of others: `lines` are what a
 * statement says of them.
 */
export function usePartyName(lines: readonly Named[] = []): (id: string | null) => string {
  const words = useWords(statementWords);
  const known: readonly { readonly id: string; readonly name: string }[] = [...useParties(), ...useStores()];
  return (id) => {
    if (id === null) return words.merchantItself;
    const name =
      known.find((one) => one.id === id)?.name ?? lines.find(({ storeId }) => storeId === id)?.name;
    return name ?? words.another;
  };
}

type Party = { readonly storeId: string | null; readonly partyId: string | null };

/** How postings with a counterpart are asked for; with its own customers, by the party itself. */
export function counterpartKey(line: Party & { readonly party: string }, statement: Party): string {
  const { storeId, partyId } = line.party === 'holders' ? statement : line;
  return storeId ?? partyId ?? merchantKey;
}

/** In place of an id: with the merchant itself. */
export const merchantKey = 'merchant';

type WithWhom = { readonly party: string; readonly name: string | null };

/** Whom a line of a statement is with. */
export function useLineName(): (line: WithWhom) => string {
  const words = useWords(statementWords);
  return ({ party, name }) => (party === 'holders' ? words.holders : (name ?? words.merchantItself));
}

type Covered = { readonly from: string | null; readonly until: string };

/** What a period covers, from its first day to its last. */
export function useCovers(): (period: Covered) => string {
  const words = useWords(periodWords);
  const locale = localeOf(useLanguage());
  const { timezone } = useSession().merchant;
  return ({ from, until }) => {
    const first = from === null ? words.fromBeginning : formatDay(from, locale, timezone);
    return `${first} – ${formatLastDay(until, locale, timezone)}`;
  };
}
