import { type Mutant, mutant } from './mutant.ts';

/** Mistakes in what guards members, their phones and their gifts. */
export const walletMutants: readonly Mutant[] = [
  mutant(
    'a payment code is not noted as used',
    'paymentCode',
    'modules/cards/payment/paymentCode.ts',
    'spends ? { ...seen, usedAt: now } : seen',
    'seen',
  ),
  mutant(
    'a payment code pays at every till that has seen it',
    'paymentCode',
    'modules/cards/payment/paymentCode.ts',
    'use.usedAt !== null || use.actorId !== actor.id',
    'use.usedAt !== null',
  ),
  mutant(
    'a payment code outlives its holder',
    'paymentCode',
    'modules/cards/payment/paymentCode.ts',
    'card.holder === memberHolder(code.memberId) ? undefined',
    'card.holder !== actor.id ? undefined',
  ),
  mutant(
    'a payment code is any that has the right form',
    'paymentCode',
    'modules/cards/payment/paymentCode.ts',
    'if (!key || !timingSafeEqual(signatureOf(key, merchantId, signed), whole.subarray(signedBytes)))',
    'if (!key || signatureOf(key, merchantId, signed).length !== signatureBytes)',
  ),
  mutant(
    'tries are not limited',
    'signIn',
    'modules/members/signIn/store.ts',
    'where a.count < $5`',
    'where $5 > 0`',
  ),
  mutant(
    'a one-time code works twice',
    'signIn',
    'modules/members/signIn/store.ts',
    'code_hash = $3 and used_at is null and expires_at > $4',
    'code_hash = $3 and expires_at > $4',
  ),
  mutant(
    'another page may act for whoever is signed in',
    'signIn',
    'platform/http/sameOrigin.ts',
    "return site === 'same-origin' ? undefined : refused('cross_origin');",
    'return undefined;',
  ),
  mutant(
    'a gift is claimed after its end',
    'gifts',
    'modules/wallet/gift.ts',
    ' && now < gift.expiresAt',
    '',
  ),
  mutant(
    'anybody takes a gift back',
    'gifts',
    'modules/wallet/giveCard.ts',
    '!gift || gift.fromMember !== memberId ||',
    '!gift ||',
  ),
  mutant(
    'somebody else’s card is one’s own',
    'paymentCode',
    'modules/wallet/ownCard.ts',
    'card && member && card.holder === memberHolder(member.id) ? card',
    'card && member ? card',
  ),
  mutant(
    'a notice that was sent is sent again',
    'notices',
    'modules/notices/store.ts',
    "where d.state in ('waiting', 'sending') and d.next_at <= $1",
    "where d.state in ('waiting', 'sending', 'sent') and d.next_at <= $1",
  ),
];
