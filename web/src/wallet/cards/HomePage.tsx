import { Link } from '@tanstack/react-router';
import { useAsk } from '../../ui/asking.ts';
import { Icon } from '../../ui/icons.tsx';
import { useWords } from '../../ui/words.ts';
import { Waiting } from '../kit/Waiting.tsx';
import { useMerchant } from '../merchant.ts';
import { Members } from '../signin/Members.tsx';
import { CardFace } from './CardFace.tsx';
import { cardWords } from './words.ts';

/** What the wallet opens on: my cards, or for whoever is nobody yet, the two ways in. */
export function HomePage() {
  return (
    <Members before={<Welcome />}>
      <MyCards />
    </Members>
  );
}

function Welcome() {
  const words = useWords(cardWords);
  const { slug, name } = useMerchant();
  return (
    <section className="welcome">
      <h2>{name}</h2>
      <p>{words.welcome}</p>
      <Link to={`/${slug}/look`} className="button wide">
        <Icon name="search" /> {words.lookUp}
      </Link>
    </section>
  );
}

function MyCards() {
  const words = useWords(cardWords);
  const { slug } = useMerchant();
  const { data, error, refetch } = useAsk('GET /v1/wallet/{slug}/cards', { params: { slug } });
  if (!data) return <Waiting error={error} onAgain={refetch} />;
  return (
    <>
      <h1>{words.title}</h1>
      {data.items.length === 0 ? (
        <div className="empty">
          <Icon name="card" size={48} />
          <p>{words.none}</p>
          <p className="soft">{words.noneWhy}</p>
        </div>
      ) : null}
      <ul className="plain-list cards">
        {data.items.map((card) => (
          <li key={card.id}>
            <Link to={`/${slug}/cards/${card.id}`} className="card-link">
              <CardFace card={card} />
            </Link>
          </li>
        ))}
      </ul>
      <Link to={`/${slug}/add`} className={data.items.length === 0 ? 'button main' : 'button wide'}>
        <Icon name="camera" /> {words.add}
      </Link>
      <Link to={`/${slug}/gifts`} className="button wide">
        <Icon name="program" /> {words.gifts}
      </Link>
    </>
  );
}
