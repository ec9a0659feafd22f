import { Link } from '@tanstack/react-router';
import { ask } from '../../api/client.ts';
import { Icon, type IconName } from '../../ui/icons.tsx';
import { refusalText, useLanguage, useWords } from '../../ui/words.ts';
import { More } from '../kit/More.tsx';
import { usePages } from '../kit/paging.ts';
import { Titled } from '../kit/Titled.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { useMerchant } from '../merchant.ts';
import { Members } from '../signin/Members.tsx';
import { CardFace } from './CardFace.tsx';
import { Freeze } from './Freeze.tsx';
import { Lines } from './Lines.tsx';
import { type Card, useOwnCard } from './ownCard.ts';
import { ToWallet } from './ToWallet.tsx';
import { cardWords } from './words.ts';

/** One of my cards: how much is on it, what may be done with it, and what happened to it. */
export function CardPage() {
  return (
    <Members>
      <OneCard />
    </Members>
  );
}

function OneCard() {
  const words = useWords(cardWords);
  const { id, data: card, error, refetch } = useOwnCard();
  return (
    <>
      <Titled title={card ? words.balance : words.title} up="" />
      {card?.id === id ? (
        <>
          <CardFace card={card} />
          <Verbs card={card} />
          <Passes card={card} />
          <History card={card} />
        </>
      ) : (
        <Waiting error={error} onAgain={refetch} />
      )}
    </>
  );
}

function Verbs({ card }: { readonly card: Card }) {
  const words = useWords(cardWords);
  const { slug } = useMerchant();
  const { pay, give } = card.allowed;
  const at = `/${slug}/cards/${card.id}`;
  return (
    <div className="verbs">
      <Verb to={`${at}/pay`} icon="nfc" may={pay} name={words.pay} isMain />
      <Verb to={`${at}/give`} icon="program" may={give} name={words.give} />
      <ToWallet card={card} />
      <Freeze card={card} />
    </div>
  );
}

type VerbProps = {
  readonly to: string;
  readonly icon: IconName;
  readonly name: string;
  readonly may: Card['allowed']['pay'];
  readonly isMain?: boolean;
};

/** A way on where it is open; where it is not, why. */
function Verb({ to, icon, name, may, isMain = false }: VerbProps) {
  const language = useLanguage();
  const look = isMain ? 'button main wide' : 'button wide';
  if (may.ok)
    return (
      <Link to={to} className={look}>
        <Icon name={icon} /> {name}
      </Link>
    );
  return (
    <div className="verb-not">
      <button type="button" className={look} disabled>
        <Icon name={icon} /> {name}
      </button>
      <p className="soft">{refusalText(may.reason ?? '', language)}</p>
    </div>
  );
}

function Passes({ card }: { readonly card: Card }) {
  const words = useWords(cardWords);
  const { slug, passes } = useMerchant();
  if (!passes.apple && !passes.google) return null;
  const toGoogle = async () => {
    const params = { slug, id: card.id };
    const { body } = await ask('GET /v1/wallet/{slug}/cards/{id}/google-pass', { params });
    location.assign(body.url);
  };
  return (
    <section className="passes">
      <div className="row">
        {passes.apple ? (
          <a className="button" href={`/v1/wallet/${slug}/cards/${card.id}/apple-pass`}>
            {words.apple}
          </a>
        ) : null}
        {passes.google ? (
          <button type="button" className="button" onClick={() => void toGoogle()}>
            {words.google}
          </button>
        ) : null}
      </div>
      <p className="soft">{words.passNote}</p>
    </section>
  );
}

const linesAtOnce = 30;

function History({ card }: { readonly card: Card }) {
  const { slug } = useMerchant();
  const { items, error, more, isBusy, refetch } = usePages(
    'GET /v1/wallet/{slug}/cards/{id}/activities',
    (cursor) => ({
      params: { slug, id: card.id },
      query: { limit: linesAtOnce, ...(cursor === undefined ? {} : { cursor }) },
    }),
  );
  if (!items) return <Waiting error={error} onAgain={refetch} />;
  return (
    <>
      <Lines lines={items} currency={card.currency} />
      <More more={more} isBusy={isBusy} />
    </>
  );
}
