import type { CardDesk } from '../modules/cards/index.ts';
import { checkoutRoutes, checkoutSql } from '../modules/checkout/index.ts';
import { familiesSql, familyJobs, familyRoutes } from '../modules/families/index.ts';
import type { MemberParts } from '../modules/members/index.ts';
import { mergingRoutes } from '../modules/merging/index.ts';
import { paymentJobs, paymentRoutes, paymentsSql } from '../modules/payments/index.ts';
import {
  type RechargeDesk,
  rechargeCardJobs,
  rechargeCardRoutes,
  rechargeCardsSql,
  rechargeDesk,
} from '../modules/rechargecards/index.ts';
import { storeFundRoutes, storeFundsSql } from '../modules/storefunds/index.ts';
import { ownWalletRoutes, walletsRoutes, walletsSql } from '../modules/wallets/index.ts';
import type { Keys } from '../platform/config/keys.ts';
import type { Route } from '../platform/http/route.ts';
import type { Job } from '../platform/jobs/runner.ts';
import type { Networks } from '../platform/outbound/networks.ts';
import { loyaltyJobs, loyaltyRoutes, loyaltySql } from './loyalty.ts';
import { asSystem } from './opening.ts';

/** The tables of the ways in which money comes onto wallets, and of what members collect. */
export const topUpSql = [
  ...loyaltySql,
  ...storeFundsSql,
  ...walletsSql,
  ...familiesSql,
  ...checkoutSql,
  ...rechargeCardsSql,
  ...paymentsSql,
];

type System = Parameters<typeof asSystem>[0];
type RouteParts = System & {
  readonly members: MemberParts;
  readonly desk: CardDesk;
  readonly keys: Keys;
  /** Networks that may be called though they are not public. */
  readonly webhookNetworks: Networks;
};

/** Settlement accounts of stores, recharge cards, payments through others, and what members collect. */
export function topUpRoutes(parts: RouteParts): readonly Route[] {
  const { members, desk, keys, webhookNetworks: allowed } = parts;
  return [
    ...storeFundRoutes,
    ...walletsRoutes({ desk }),
    ...ownWalletRoutes(members),
    ...familyRoutes({ ...members, desk }),
    ...checkoutRoutes({ vault: members.vault, desk }),
    ...loyaltyRoutes(parts),
    ...mergingRoutes(members),
    ...rechargeCardRoutes({ ...members, keys, recharge: deskOf(keys) }),
    ...paymentRoutes({ ...members, keys, allowed, record: recording(parts) }),
  ];
}

/** What turns a recharge card's pair into hashes, made when it is first used: to describe routes it takes no key. */
function deskOf(keys: Keys): RechargeDesk {
  let desk: RechargeDesk | undefined;
  return {
    present(...pair) {
      desk ??= rechargeDesk(keys);
      return desk.present(...pair);
    },
  };
}

/** Records as the system what a channel said. */
function recording(system: System): Parameters<typeof paymentRoutes>[0]['record'] {
  return async (merchantId, useCase, input) => {
    const answer = await asSystem(system, merchantId, useCase, input);
    return 'refusal' in answer ? answer.refusal : undefined;
  };
}

type JobParts = System &
  Omit<Parameters<typeof rechargeCardJobs>[0], 'asSystem'> &
  Omit<Parameters<typeof paymentJobs>[0], 'record' | 'allowed'> &
  Parameters<typeof loyaltyJobs>[0] &
  Pick<RouteParts, 'webhookNetworks'>;

/** What makes recharge cards, and asks channels about payments. */
export function topUpJobs(runtime: JobParts): readonly Job[] {
  return [
    ...loyaltyJobs(runtime),
    ...familyJobs({
      ...runtime,
      asSystem: (merchantId, useCase, input) => asSystem(runtime, merchantId, useCase, input),
    }),
    ...rechargeCardJobs({
      ...runtime,
      asSystem: (merchantId, useCase, input) => asSystem(runtime, merchantId, useCase, input),
    }),
    ...paymentJobs({ ...runtime, allowed: runtime.webhookNetworks, record: recording(runtime) }),
  ];
}
