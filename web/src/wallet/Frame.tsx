import { Link, Outlet, useLocation, useParams } from '@tanstack/react-router';
import { useEffect } from 'react';
import { Refused } from '../api/client.ts';
import { useAsk } from '../ui/asking.ts';
import { Icon, type IconName } from '../ui/icons.tsx';
import { useOnline } from '../ui/phone/online.ts';
import { chooseLanguage, useLanguage, useWords } from '../ui/words.ts';
import { MerchantProvider, useLook, useMerchant } from './merchant.ts';
import { frameWords } from './words.ts';

/** Around every page of the wallet: whose it is, and whether there is a network. */
export function Frame() {
  const words = useWords(frameWords);
  const { slug = '' }: { slug?: string } = useParams({ strict: false });
  const { data, error, refetch } = useAsk('GET /v1/wallet/{slug}', { params: { slug } });
  const name = data?.name;
  useEffect(() => {
    if (name !== undefined) document.title = `${name} · ${words.cards}`;
  }, [name, words.cards]);
  if (error instanceof Refused && error.status < 500) return <Nowhere />;
  if (data)
    return (
      <MerchantProvider value={data}>
        <AtMerchant />
      </MerchantProvider>
    );
  return (
    <main className="app">
      <div className="app-body centred">
        {error ? (
          <>
            <h1>{words.serverGone}</h1>
            <p className="soft">{words.serverGoneWhy}</p>
            <button type="button" className="button" onClick={() => refetch()}>
              {words.again}
            </button>
          </>
        ) : (
          <p role="status">{words.loading}…</p>
        )}
      </div>
    </main>
  );
}

const tabs: readonly {
  readonly to: string;
  readonly word: 'cards' | 'value' | 'club' | 'shop' | 'me';
  /** Pages below it that have an address of their own. */
  readonly below?: readonly string[];
  readonly icon: IconName;
}[] = [
  { to: '', word: 'cards', icon: 'card' },
  { to: '/balance', word: 'value', icon: 'sell', below: ['/top-up'] },
  { to: '/club', word: 'club', icon: 'program', below: ['/points', '/coupons'] },
  { to: '/shop', word: 'shop', icon: 'store' },
  { to: '/me', word: 'me', icon: 'people' },
];

function AtMerchant() {
  const words = useWords(frameWords);
  const { slug, name } = useMerchant();
  const { logo } = useLook();
  const language = useLanguage();
  const isOnline = useOnline();
  const { pathname } = useLocation();
  const rest = pathname.slice(slug.length + 1).replace(/\/$/, '');
  const here =
    tabs.find(({ to, below = [] }) => to !== '' && [to, ...below].some((one) => rest.startsWith(one)))?.to ??
    '';
  return (
    <div className="app">
      <header className="bar">
        {logo === null ? null : <img className="bar-logo" src={logo} alt="" />}
        <strong className="bar-title">{name}</strong>
        <button
          type="button"
          className="bar-button"
          onClick={() => chooseLanguage(language === 'zh' ? 'en' : 'zh')}
        >
          {words.otherLanguage}
        </button>
      </header>
      {isOnline ? null : (
        <p className="offline" role="alert">
          <Icon name="warn" /> {words.offline}
        </p>
      )}
      <main className="app-body">
        <Outlet />
      </main>
      <nav className="tabs" aria-label={words.tabs}>
        {tabs.map(({ to, word, icon }) => (
          <Link
            key={to}
            to={`/${slug}${to}`}
            className={to === here ? 'tab here' : 'tab'}
            aria-current={to === here ? 'page' : undefined}
          >
            <Icon name={icon} size={24} />
            {words[word]}
          </Link>
        ))}
      </nav>
    </div>
  );
}

/** What an address shows that is none of this merchant's. */
export function Missing() {
  const words = useWords(frameWords);
  const { slug } = useMerchant();
  return (
    <>
      <h1>{words.missing}</h1>
      <Link to={`/${slug}`} className="button">
        {words.back}
      </Link>
    </>
  );
}

/** What an address shows that names no merchant, or one that there is not. */
export function Nowhere() {
  const words = useWords(frameWords);
  return (
    <main className="app">
      <div className="app-body centred">
        <h1>{words.nowhere}</h1>
        <p className="soft">{words.nowhereWhy}</p>
      </div>
    </main>
  );
}
