import { isRefused } from '../../../kernel/outcome.ts';
import type { Actor } from '../../../platform/executor/useCase.ts';
import type { Find } from '../../../platform/executor/workingSet.ts';
import type { Device } from '../../merchants/index.ts';
import { type Claim, dayClaim } from './dayUse.ts';
import { ceilingsOf, dayCeilingsOf, limitsOf } from './limits.ts';

/** Who acts on a device: in its store, where that is theirs, and within its limits as well as their own. */
export function onDevice(find: Find, actor: Actor, device: Device): Actor {
  const { storeIds } = actor;
  const here = storeIds === null || storeIds.has(device.storeId) ? [device.storeId] : [];
  const within = { ...actor, storeIds: new Set(here) };
  const limits = limitsOf(device.limits);
  if (limits.size === 0) return within;
  return {
    ...within,
    ceilings: lower(actor.ceilings, ceilingsOf(limits, new Map())),
    dayCeilings: lower(actor.dayCeilings ?? new Map(), dayCeilingsOf(limits)),
    claim: both(actor.claim, dayClaim(find, device.id, limits)),
  };
}

function lower(
  one: ReadonlyMap<string, bigint>,
  other: ReadonlyMap<string, bigint>,
): ReadonlyMap<string, bigint> {
  const lowest = new Map(one);
  for (const [word, amount] of other) {
    const own = lowest.get(word);
    if (own === undefined || amount < own) lowest.set(word, amount);
  }
  return lowest;
}

/** Takes out of both allowances, or of neither. */
function both(one: Claim | undefined, other: Claim | undefined): Claim | undefined {
  if (!one || !other) return one ?? other;
  return (permission, amount, now) => {
    const first = one(permission, amount, now);
    if (isRefused(first)) return first;
    const second = other(permission, amount, now);
    return isRefused(second) ? second : [...first, ...second];
  };
}
