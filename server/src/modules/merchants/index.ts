export { createDevice } from './createDevice.ts';
export { CreateMerchantInput, createMerchant } from './createMerchant.ts';
export { createStore } from './createStore.ts';
export { type Device, deviceAnswer, deviceById, devices } from './devices.ts';
export { type Merchant, merchantById } from './merchant.ts';
export { revokeDevice } from './revokeDevice.ts';
export { DeviceAnswer, merchantRoutes } from './routes.ts';
export { merchantsSql, noteDevicesSeen, readMerchant } from './store.ts';
export { allStores, beyondScope, type Store, storeById } from './stores.ts';
