import { isRefused, type Refusal, refused } from '../../kernel/outcome.ts';
import type { Find } from '../../platform/executor/workingSet.ts';
import type { Account } from '../ledger/index.ts';
import { type Member, memberAt } from '../members/index.ts';
import { policyIn, type WalletPolicy, walletLots } from '../wallets/index.ts';
import { type Share, sharesOfRelative } from './share.ts';

/** The rows behind a payment out of another member's wallet. */
export type SharedRows = {
  readonly payer: Member | undefined;
  /** By which the one may pay from the wallet of the other. */
  readonly share: Share | undefined;
  readonly lots: readonly Account[];
  readonly policy: WalletPolicy;
};

/** For `needs`: the wallet of a payer, as a relative may use it. */
export function sharedRows(payerId: string, relativeId: string, find: Find): SharedRows {
  return {
    payer: memberAt(payerId, find),
    share: find
      .all(sharesOfRelative, relativeId)
      .find((share) => share.payerId === payerId && share.state === 'active'),
    lots: walletLots(payerId, find),
    policy: policyIn(find),
  };
}

/** The share by which it is paid, or why there is none. */
export function shareIn({ payer, share, policy }: SharedRows): Share | Refusal {
  if (!isOn(policy)) return sharingOff;
  return payer && share ? share : refused('family_share_not_found', { field: 'payerId' });
}

export const isOn = ({ relativesMax }: Pick<WalletPolicy, 'relativesMax'>): boolean => relativesMax > 0;
export const sharingOff = refused('family_sharing_off');

/** For `needs`: the wallets that a member may pay from besides their own. */
export function walletsOpenTo(relativeId: string, find: Find): readonly SharedRows[] {
  return find
    .all(sharesOfRelative, relativeId)
    .map((share) => sharedRows(share.payerId, relativeId, find))
    .filter((rows) => !isRefused(shareIn(rows)));
}
