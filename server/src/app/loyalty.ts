import { catalogRoutes, catalogSql } from '../modules/catalog/index.ts';
import { clearingJobs } from '../modules/clearing/index.ts';
import { couponJobs, couponsRoutes, couponsSql } from '../modules/coupons/index.ts';
import { dividendJobs, dividendRoutes, dividendsSql } from '../modules/dividends/index.ts';
import { importJobs, importRoutes, importsSql } from '../modules/imports/index.ts';
import type { MemberParts } from '../modules/members/index.ts';
import { pointsJobs, pointsRoutes, pointsSql } from '../modules/points/index.ts';
import { walletsJobs } from '../modules/wallets/index.ts';
import type { Route } from '../platform/http/route.ts';
import type { Job } from '../platform/jobs/runner.ts';
import { asSystem } from './opening.ts';

/** The tables of the catalogue, of points, of coupons, of dividends and of imports. */
export const loyaltySql = [...catalogSql, ...pointsSql, ...couponsSql, ...dividendsSql, ...importsSql];

/** Goods, gifts, points, coupons, dividends, and what came from another system. */
export function loyaltyRoutes(parts: { readonly members: MemberParts }): readonly Route[] {
  return [
    ...catalogRoutes,
    ...pointsRoutes(parts.members),
    ...couponsRoutes(parts.members),
    ...dividendRoutes,
    ...importRoutes(parts.members),
  ];
}

type JobParts = Parameters<typeof asSystem>[0] &
  Omit<Parameters<typeof pointsJobs>[0], 'asSystem'> &
  Omit<Parameters<typeof dividendJobs>[0], 'asSystem'> &
  Pick<Parameters<typeof importJobs>[0], 'log'> & { readonly members: MemberParts };

/** What sweeps bonus, points and coupons whose time is up, counts dividends and credits them, ends settlement periods, and carries imports out. */
export function loyaltyJobs(runtime: JobParts): readonly Job[] {
  const parts: Parameters<typeof pointsJobs>[0] & Parameters<typeof dividendJobs>[0] = {
    ...runtime,
    asSystem: (merchantId, useCase, input) => asSystem(runtime, merchantId, useCase, input),
  };
  const importing: Parameters<typeof importJobs>[0] = {
    ...runtime.members,
    writers: runtime.writers,
    log: runtime.log,
    asSystem: (merchantId, useCase, input) => asSystem(runtime, merchantId, useCase, input),
  };
  return [
    ...walletsJobs(parts),
    ...pointsJobs(parts),
    ...couponJobs(parts),
    ...dividendJobs(parts),
    ...clearingJobs(parts),
    ...importJobs(importing),
  ];
}
