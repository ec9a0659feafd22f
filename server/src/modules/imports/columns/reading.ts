import { assert } from '../../../kernel/assert.ts';
import type { Db } from '../../../platform/db/statement.ts';
import { lookUp } from '../../../platform/executor/lookUp.ts';
import { categoryNames } from '../../catalog/index.ts';
import { readFields } from '../../members/index.ts';
import { membershipsSql, plansIn } from '../../memberships/index.ts';
import { readMerchant } from '../../merchants/index.ts';
import { policyIn, walletsSql } from '../../wallets/index.ts';
import type { Import } from '../import.ts';
import type { CategoryIds } from './goodsRow.ts';
import type { RowTerms } from './memberRow.ts';

/** All that the rows of a file are read by. */
export type Reading = RowTerms & { readonly categories: CategoryIds };

/** What holds for a merchant's file. Days are counted from that on which it was sent in, however late it is carried out. */
export async function readingOf(
  db: Db,
  merchantId: string,
  { kind, mapping, currency, createdAt: now }: Pick<Import, 'kind' | 'mapping' | 'currency' | 'createdAt'>,
): Promise<Reading> {
  const merchant = await readMerchant(db, merchantId);
  assert(merchant !== undefined, 'an import has its merchant');
  const { timezone } = merchant;
  const categories = kind === 'goods' ? await categoryNames(db, merchantId) : new Map<string, string>();
  const balanceMax = (await lookUp(walletsSql, db, merchantId, policyIn)).balanceMax;
  const own = kind === 'members' ? await readFields(db, merchantId) : [];
  const plans = kind === 'members' ? await lookUp(membershipsSql, db, merchantId, plansIn) : [];
  return { mapping, currency, timezone, now, balanceMax, categories, plans, own };
}
