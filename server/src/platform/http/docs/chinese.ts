import { core } from './chineseCore.ts';
import { coupons } from './chineseCoupons.ts';
import { desk } from './chineseDesk.ts';
import { families } from './chineseFamilies.ts';
import { imports } from './chineseImports.ts';
import { members } from './chineseMembers.ts';
import { memberships } from './chineseMemberships.ts';
import { points } from './chinesePoints.ts';
import { stores } from './chineseStores.ts';
import { wallets } from './chineseWallets.ts';
import type { InChinese } from './inChinese.ts';

const areas: readonly InChinese[] = [
  core,
  coupons,
  desk,
  families,
  imports,
  members,
  memberships,
  points,
  stores,
  wallets,
];

const together = (what: keyof InChinese): InChinese[typeof what] =>
  Object.assign({}, ...areas.map((area) => area[what]));

// A test fails where one is missing, and where one is of nothing.
export const tagsInChinese = together('tags');
export const summariesInChinese = together('summaries');
export const descriptionsInChinese = together('descriptions');
