import { settlementSql } from '../settlement/index.ts';
import { daysSql } from './day/store.ts';
import { paymentsSql } from './payments/store.ts';
import { periodsSql } from './period/store.ts';
import { plansSql } from './plan/store.ts';

/** The tables of clearing for the executor, with the terms that it settles by. */
export const clearingSql = [...settlementSql, ...periodsSql, ...plansSql, ...paymentsSql, ...daysSql];
