import { createContext, useContext } from 'react';
import type { AnswerOf, ItemOf } from '../api/client.ts';

type Store = ItemOf<'GET /v1/stores'>;

const Here = createContext<Store | null>(null);
export const StoreProvider = Here.Provider;

/** The store that this counter stands in. Throws before one was chosen. */
export function useStore(): Store {
  const store = useContext(Here);
  if (store === null) throw new Error('a page of the counter stands in a store');
  return store;
}

type Device = AnswerOf<'GET /v1/device'>['device'];
const OnDevice = createContext<Device | null>(null);
export const DeviceProvider = OnDevice.Provider;

/** The device that this browser was paired as; null: it was not. */
export function useDevice(): Device | null {
  return useContext(OnDevice);
}
