import { tenderWords } from '../../ui/cards/words.ts';
import { useWords } from '../../ui/words.ts';
import { useStores } from '../kit/names.ts';
import { useParties } from '../kit/parties.ts';
import type { Share } from './termsDraft.ts';
import { termWords } from './words.ts';

/** Names a store, or any; one that whoever looks may not see is just another. */
export function useStoreOr(): (id: string | null) => string {
  const words = useWords(termWords);
  const stores = useStores();
  return (id) =>
    id === null ? words.anyStore : (stores.find((store) => store.id === id)?.name ?? words.anotherStore);
}

/** Names by what is paid, or any of it: at loads a tender, at redemptions what the customer holds. */
export function useTenderName(): (tender: string | null) => string {
  const words = useWords(termWords);
  const tenders: Readonly<Record<string, string>> = useWords(tenderWords);
  return (tender) => {
    if (tender === null) return words.anyTender;
    if (tender === 'gift_card' || tender === 'wallet') return words[tender];
    return tenders[tender] ?? tender;
  };
}

/** Names who bears a share. */
export function useBearerName(): (share: Pick<Share, 'by' | 'partyId'>) => string {
  const words = useWords(termWords);
  const parties = useParties();
  const kinds = {
    seller: words.bySeller,
    redeemer: words.byRedeemer,
    hq: words.byHq,
    issuer: words.byIssuer,
    sponsor: words.bySponsor,
  };
  return ({ by, partyId }) => parties.find(({ id }) => id === partyId)?.name ?? kinds[by];
}
