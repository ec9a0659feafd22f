export { adjustWallet } from './adjustWallet.ts';
export { rulesIn } from './bonus/rule.ts';
export { boundShares } from './bonus/scope.ts';
export { hiddenFrom, keepsBooks, maySee } from './hidden.ts';
export { walletsJobs } from './jobs.ts';
export { ownWalletRoutes } from './own/routes.ts';
export { isHidden, policyIn, type WalletPolicy } from './policy/policy.ts';
export { quoteAnswer } from './refund/quote.ts';
export { refundTopUp } from './refund/refundTopUp.ts';
export { quoteIn, sourceRows } from './refund/rows.ts';
export { putBack, unload } from './refund/unload.ts';
export { walletsRoutes } from './routes.ts';
export { MoneyAnswer, RefundQuoted, usedAtListPrice } from './shapes.ts';
export { codeUseOf, isTold, lowNews, mostOf, payFromWallet, type SpendingRows } from './spend.ts';
export { walletsSql } from './store.ts';
export { bringBack, bringIn, broughtRows, openingRows } from './topUp/bringIn.ts';
export { type Load, load, loadRows } from './topUp/load.ts';
export { type MovedLot, moveIn } from './topUp/moveIn.ts';
export { goneOver, topUps, topUpsOf } from './topUp/topUp.ts';
export { unprovenIn } from './unproven.ts';
export {
  isPrincipal,
  lotAfter,
  moneyAnswer,
  moneyIn,
  reopen,
  type WalletMoney,
  walletLots,
} from './wallet.ts';
