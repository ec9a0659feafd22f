import { createContext, useContext } from 'react';
import type { ItemOf } from '../api/client.ts';

type Store = ItemOf<'GET /v1/stores'>;

const Here = createContext<Store | null>(null);
export const StoreProvider = Here.Provider;

/** The store that this counter stands in. Throws before one was chosen. */
export function useStore(): Store {
  const store = useContext(Here);
  if (store === null) throw new Error('a page of the counter stands in a store');
  return store;
}
