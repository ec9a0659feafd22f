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
