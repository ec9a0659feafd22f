export { familyJobs } from './jobs.ts';
export { familyMerged, familySide } from './merge.ts';
export { sharedWallets } from './reading.ts';
export { familyRoutes } from './routes.ts';
export { SharedWallet } from './shapes.ts';
export { claimOn, giveBackOn, mostNow, shareById } from './share.ts';
export { type SharedRows, sharedRows, shareIn, walletsOpenTo } from './shared.ts';
export { familiesSql } from './store.ts';
