import { createContext, useContext } from 'react';
import type { AnswerOf } from '../api/client.ts';
import { useAsk } from '../ui/asking.ts';

type Merchant = AnswerOf<'GET /v1/wallet/{slug}'>;

const Whose = createContext<Merchant | null>(null);
export const MerchantProvider = Whose.Provider;

/** The merchant whose wallet this is. Throws outside of one. */
export function useMerchant(): Merchant {
  const merchant = useContext(Whose);
  if (merchant === null) throw new Error('a page of the wallet is some merchant’s');
  return merchant;
}

/** The merchant's logo and the pictures on its cards, as addresses; nothing until they are known. */
export function useLook(): {
  readonly logo: string | null;
  readonly faceOf: (programId: string | undefined) => string | undefined;
} {
  const { slug } = useMerchant();
  const { data } = useAsk('GET /v1/wallet/{slug}/look', { params: { slug } });
  return {
    logo: data?.logo ?? null,
    faceOf: (programId) => data?.faces.find((face) => face.programId === programId)?.path,
  };
}
