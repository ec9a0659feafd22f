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
