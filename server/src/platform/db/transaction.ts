import { statement } from './statement.ts';

// The words of a transaction, for the two who may speak them: `read.ts` beside it and the executor's storage.
export const begin = statement('db.begin', 'begin');
export const rollback = statement('db.rollback', 'rollback');
/** Names the merchant whose rows the transaction may see. */
export const setMerchant = statement('db.setMerchant', `select set_config('scrip.merchant_id', $1, true)`);
