import { type Refusal, refused } from '../../kernel/outcome.ts';
import type { Actor } from '../../platform/executor/useCase.ts';
import { maySpeakFor, type PaymentCode } from '../cards/index.ts';
import { isHidden, type WalletPolicy } from './policy/policy.ts';
import { moneyAnswer, type WalletMoney } from './wallet.ts';

/** Who asks, and what the member's phone shows them. */
export type Asking = {
  readonly actor: Pick<Actor, 'permissions'>;
  readonly memberId: string;
  readonly shown?: PaymentCode | undefined;
  readonly now: Date;
};

/** Whether somebody is told what is on wallets whatever the house shows at its counters. */
export const keepsBooks = ({ permissions }: Pick<Actor, 'permissions'>): boolean =>
  permissions.has('balances.read');

/** Whether somebody may know what is on a wallet: above the limit of the house only with the code, or where they keep its books. */
export function maySee(
  policy: WalletPolicy,
  money: Pick<WalletMoney, 'total'>,
  { actor, memberId, shown, now }: Asking,
): boolean {
  if (!isHidden(policy, money) || keepsBooks(actor)) return true;
  return shown !== undefined && maySpeakFor(memberId, shown, undefined, now) === undefined;
}

/** What is on a wallet as somebody may know it. */
export const seenMoney = (policy: WalletPolicy, money: WalletMoney, asking: Asking) =>
  maySee(policy, money, asking) ? moneyAnswer(money) : null;

/** Refused where what is asked for would tell a balance that is hidden. */
export function hiddenFrom(policy: WalletPolicy, money: WalletMoney, asking: Asking): Refusal | undefined {
  if (maySee(policy, money, asking)) return undefined;
  return refused('member_code_required', {
    field: 'code',
    detail: 'It would tell a balance that is shown only with the member’s code.',
    next: 'Ask the member for the code that the phone shows now.',
  });
}
