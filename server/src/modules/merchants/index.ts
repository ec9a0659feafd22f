export { createDevice } from './createDevice.ts';
export { CreateMerchantInput, createMerchant } from './createMerchant.ts';
export { createStore } from './createStore.ts';
export { type Device, deviceById } from './devices.ts';
export { type Merchant, merchantById, slugForm, slugLengthMax } from './merchant.ts';
export { revokeDevice } from './revokeDevice.ts';
export { merchantRoutes } from './routes.ts';
export { merchantsSql, readMerchant, readMerchantBySlug } from './store.ts';
export { allStores, beyondScope, type Store, storeById } from './stores.ts';
