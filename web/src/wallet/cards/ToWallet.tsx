import { useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { newKey, Unanswered } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { Icon } from '../../ui/icons.tsx';
import { formatMoney } from '../../ui/money.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { Confirm } from '../kit/Confirm.tsx';
import { Why } from '../kit/Why.tsx';
import { useMerchant } from '../merchant.ts';
import type { Card } from './ownCard.ts';
import { cardWords } from './words.ts';

/** Moves all that is on one of my cards to my balance. What may not be given away may not go there either. */
export function ToWallet({ card }: { readonly card: Card }) {
  const words = useWords(cardWords);
  const locale = localeOf(useLanguage());
  const { slug, currency } = useMerchant();
  const navigate = useNavigate();
  const [isAsking, setAsking] = useState(false);
  // One key until the outcome is known: asked again after a lost answer, it is the same move.
  const [idempotencyKey, setKey] = useState(newKey);
  const load = useCommand('POST /v1/wallet/{slug}/cards/{id}/load');
  if (!card.allowed.give.ok || card.currency !== currency) return null;
  const move = () =>
    load.mutate(
      { params: { slug, id: card.id }, body: {}, idempotencyKey },
      {
        onSuccess: () => void navigate({ to: `/${slug}/balance` }),
        onError: (error) => {
          if (!(error instanceof Unanswered)) setKey(newKey());
        },
      },
    );
  return (
    <>
      <button type="button" className="button wide" onClick={() => setAsking(true)}>
        <Icon name="sell" /> {words.toWallet}
      </button>
      {isAsking ? (
        <Confirm
          title={words.toWalletTitle(formatMoney(card.balance, card.currency, locale))}
          action={words.toWallet}
          busy={load.isPending}
          onConfirm={move}
          onClose={() => setAsking(false)}
          isGood
        >
          <p>{words.toWalletWhy}</p>
          <Why error={load.error} />
        </Confirm>
      ) : null}
    </>
  );
}
