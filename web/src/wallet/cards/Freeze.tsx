import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { useCommand } from '../../ui/asking.ts';
import { Icon } from '../../ui/icons.tsx';
import { refusalText, useLanguage, useWords } from '../../ui/words.ts';
import { Confirm } from '../kit/Confirm.tsx';
import { Why } from '../kit/Why.tsx';
import { useMerchant } from '../merchant.ts';
import type { Card } from './ownCard.ts';
import { cardWords } from './words.ts';

/** Stops a card that is lost, and says beforehand and afterwards how it is got back. */
export function Freeze({ card }: { readonly card: Card }) {
  const words = useWords(cardWords);
  const language = useLanguage();
  const { slug } = useMerchant();
  const [isAsking, setAsking] = useState(false);
  const freeze = useCommand('POST /v1/wallet/{slug}/cards/{id}/freeze');
  const { ok, reason } = card.allowed.freeze;
  const stop = () =>
    freeze.mutate({ params: { slug, id: card.id }, body: {} }, { onSettled: () => setAsking(false) });
  if (card.state === 'frozen') return <Frozen />;
  return (
    <div className="verb-not">
      <button type="button" className="button wide" disabled={!ok} onClick={() => setAsking(true)}>
        <Icon name="warn" /> {words.freeze}
      </button>
      {ok ? null : <p className="soft">{refusalText(reason ?? '', language)}</p>}
      <Why error={freeze.error} />
      {isAsking ? (
        <Confirm
          title={words.freezeTitle}
          action={words.freeze}
          busy={freeze.isPending}
          onConfirm={stop}
          onClose={() => setAsking(false)}
        >
          <p>{words.freezeWhy}</p>
          <p>{words.freezeBack}</p>
        </Confirm>
      ) : null}
    </div>
  );
}

function Frozen() {
  const words = useWords(cardWords);
  const { slug, contact } = useMerchant();
  return (
    <section className="note look" role="status">
      <strong>{words.frozen}</strong>
      <p>{words.freezeBack}</p>
      {contact.phone === null ? (
        <Link to={`/${slug}/shop`}>{words.contact}</Link>
      ) : (
        <a href={`tel:${contact.phone}`}>{words.call(contact.phone)}</a>
      )}
    </section>
  );
}
