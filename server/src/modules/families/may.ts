import { type Refusal, refused } from '../../kernel/outcome.ts';
import type { WalletPolicy } from '../wallets/index.ts';
import { isOn, sharingOff } from './shared.ts';

/** Why a member who shares with so many lets no other one pay; undefined if they may. */
export function mayShareWithMore(
  policy: Pick<WalletPolicy, 'relativesMax'>,
  standing: number,
): Refusal | undefined {
  if (!isOn(policy)) return sharingOff;
  if (standing < policy.relativesMax) return undefined;
  return refused('family_shares_full', { detail: `${policy.relativesMax} is the most.` });
}
