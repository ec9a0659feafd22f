import { purchaseListJob } from '../modules/checkout/index.ts';
import { receiptRoutes } from '../modules/receipts/index.ts';
import { shiftRoutes, shiftsSql } from '../modules/shifts/index.ts';
import { webhookJobs, webhookRoutes, webhooksSql } from '../modules/webhooks/index.ts';
import { type Keys, keysOf } from '../platform/config/keys.ts';
import type { Route } from '../platform/http/route.ts';
import type { Job } from '../platform/jobs/runner.ts';
import type { Networks } from '../platform/outbound/networks.ts';
import { asSystem } from './opening.ts';

/** The tables of the modules that read all others and are read by none. */
export const outletsSql = [...webhooksSql, ...shiftsSql];

type RouteParts = Pick<Parameters<typeof receiptRoutes>[0], 'readers'> &
  Pick<Parameters<typeof webhookRoutes>[0], 'random'> & {
    readonly keys: Keys;
    readonly webhookNetworks: Networks;
  };

/** Shifts, receipts and webhooks. Keys are taken when they are used: to describe routes it takes none. */
export function outletRoutes(parts: RouteParts): readonly Route[] {
  return [
    ...shiftRoutes,
    ...receiptRoutes({
      readers: parts.readers,
      keys: () => keysOf(parts.keys.seal).map((key) => key.export()),
    }),
    ...webhookRoutes({
      random: parts.random,
      sealKeys: () => parts.keys.seal,
      allowed: parts.webhookNetworks,
    }),
  ];
}

type JobParts = Omit<Parameters<typeof webhookJobs>[0], 'sealKeys' | 'allowed' | 'asSystem'> &
  Pick<RouteParts, 'keys' | 'webhookNetworks'> &
  Parameters<typeof asSystem>[0];

/** What sends news, and keeps the list of purchases up with the log. */
export function outletJobs(runtime: JobParts): readonly Job[] {
  return [
    purchaseListJob(runtime),
    ...webhookJobs({
      ...runtime,
      sealKeys: runtime.keys.seal,
      allowed: runtime.webhookNetworks,
      asSystem: (merchantId, useCase, input) => asSystem(runtime, merchantId, useCase, input),
    }),
  ];
}
