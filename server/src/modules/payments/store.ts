import { channelSql } from './channel/store.ts';
import { differenceSql } from './difference/store.ts';
import { orderTables } from './order/store.ts';

/** The tables of payments for the executor. */
export const paymentsSql = [channelSql, ...orderTables, differenceSql];
