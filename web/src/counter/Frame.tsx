import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { useState } from 'react';
import { useAsk } from '../ui/asking.ts';
import { Icon } from '../ui/icons.tsx';
import { useOnline } from '../ui/phone/online.ts';
import { SessionProvider, signOut, useMay, useSession, useSignedIn } from '../ui/session.ts';
import { SignIn } from '../ui/signin/SignIn.tsx';
import { StepUp } from '../ui/signin/StepUp.tsx';
import { chooseLanguage, useLanguage, useWords } from '../ui/words.ts';
import { useHere } from './device/here.ts';
import { PairPage, pairingCodeIn } from './device/PairPage.tsx';
import { PinSignIn } from './device/PinSignIn.tsx';
import { useLook } from './look.ts';
import { places } from './places.ts';
import { LeftBehind } from './result/LeftBehind.tsx';
import { DeviceProvider, StoreProvider, useDevice, useStore } from './store.ts';
import { chooseStore, useTill } from './till.ts';
import { counterWords } from './words.ts';

/** Around every page of the counter: who works here, in which store, and whether there is a network. */
export function Frame() {
  const words = useWords(counterWords);
  const { signedIn, error } = useSignedIn();
  const here = useHere();
  const [code, setCode] = useState(() => pairingCodeIn(location.hash));
  const [isByPassword, setByPassword] = useState(false);
  if (code !== undefined)
    return (
      <PairPage
        code={code}
        onPaired={() => {
          history.replaceState(null, '', location.pathname);
          setCode(undefined);
        }}
      />
    );
  if (error && signedIn === undefined)
    return (
      <main className="app-body centred">
        <p>{words.serverGone}</p>
        <button type="button" className="button" onClick={() => location.reload()}>
          {words.again}
        </button>
      </main>
    );
  if (signedIn === undefined || here === undefined) return <p className="app-body">{words.loading}…</p>;
  if (signedIn.is === 'nobody' && here !== null && !isByPassword)
    return <PinSignIn here={here} onPassword={() => setByPassword(true)} />;
  if (signedIn.is !== 'somebody') return <SignIn signedIn={signedIn} />;
  return (
    <SessionProvider value={signedIn.session}>
      <DeviceProvider value={here?.device ?? null}>
        <InStore />
      </DeviceProvider>
      <StepUp />
    </SessionProvider>
  );
}

function InStore() {
  const words = useWords(counterWords);
  const { storeId } = useTill();
  const device = useDevice();
  const { data } = useAsk('GET /v1/stores', { query: { limit: 200 } });
  if (!data) return <p className="app-body">{words.loading}…</p>;
  const open = data.items.filter(({ state }) => state === 'open');
  // A device bears its store; whoever stands at another one chooses.
  const wanted = device?.storeId ?? storeId;
  const store = open.find(({ id }) => id === wanted) ?? (open.length === 1 ? open[0] : undefined);
  if (store)
    return (
      <StoreProvider value={store}>
        <AtCounter mayChange={device === null && open.length > 1} />
      </StoreProvider>
    );
  return (
    <main className="app">
      <div className="app-body">
        <h1>{open.length === 0 ? words.noStores : words.chooseStore}</h1>
        {open.map(({ id, name, code }) => (
          <button key={id} type="button" className="button wide between" onClick={() => chooseStore(id)}>
            <span>{name}</span>
            <span className="soft">{code}</span>
          </button>
        ))}
      </div>
    </main>
  );
}

function AtCounter({ mayChange }: { readonly mayChange: boolean }) {
  const words = useWords(counterWords);
  const isOnline = useOnline();
  const { pathname } = useLocation();
  const { permissions } = useSession();
  const tabs = places.filter(({ by }) => permissions.includes(by));
  return (
    <div className="app">
      <TopBar mayChange={mayChange} />
      {isOnline ? null : (
        <p className="offline" role="alert">
          <Icon name="warn" /> {words.offline}
        </p>
      )}
      <LeftBehind />
      <main className="app-body">
        <Outlet />
      </main>
      <nav className="tabs" aria-label={words.tabs}>
        {tabs.map(({ to, word, icon }) => {
          const isHere = to === '/' ? pathname === '/' : pathname.startsWith(to);
          return (
            <Link
              key={to}
              to={to}
              className={isHere ? 'tab here' : 'tab'}
              aria-current={isHere ? 'page' : undefined}
            >
              <Icon name={icon} size={24} />
              {words[word]}
            </Link>
          );
        })}
      </nav>
    </div>
  );
}

function TopBar({ mayChange }: { readonly mayChange: boolean }) {
  const words = useWords(counterWords);
  const language = useLanguage();
  const { staff } = useSession();
  const { logo } = useLook();
  return (
    <header className="bar">
      {logo === undefined ? null : <img className="bar-logo" src={logo} alt="" />}
      <strong className="bar-store">{useStore().name}</strong>
      <span className="soft bar-name">{staff.name}</span>
      {mayChange ? (
        <button type="button" className="bar-button" onClick={() => chooseStore(undefined)}>
          {words.changeStore}
        </button>
      ) : null}
      <button
        type="button"
        className="bar-button"
        onClick={() => chooseLanguage(language === 'zh' ? 'en' : 'zh')}
      >
        {words.otherLanguage}
      </button>
      {useMay('shifts.work') ? null : (
        <button type="button" className="bar-button" onClick={() => void signOut()}>
          {words.signOut}
        </button>
      )}
    </header>
  );
}

/** What an address shows that is none. */
export function Missing() {
  const words = useWords(counterWords);
  return (
    <main className="app">
      <section className="app-body no-permission">
        <Icon name="search" size={48} />
        <h1>{words.missing}</h1>
        <Link to="/" className="button main wide">
          {words.back}
        </Link>
      </section>
    </main>
  );
}
