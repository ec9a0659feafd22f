import { createContext, useContext } from 'react';
import type { AnswerOf } from '../api/client.ts';

type Merchant = AnswerOf<'GET /v1/wallet/{slug}'>;

const Whose = createContext<Merchant | null>(null);
export const MerchantProvider = Whose.Provider;

/** The merchant whose wallet this is. Throws outside of one. */
export function useMerchant(): Merchant {
  const merchant = useContext(Whose);
  if (merchant === null) throw new Error('a page of the wallet is some merchant’s');
  return merchant;
}
