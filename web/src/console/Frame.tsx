import { Link, Outlet, useLocation } from '@tanstack/react-router';
import { Button, Drawer, Result, Select, Skeleton } from 'antd';
import { useState } from 'react';
import { useAsk, useCommand } from '../ui/asking.ts';
import { Icon } from '../ui/icons.tsx';
import { SessionProvider, signOut, useSession, useSignedIn } from '../ui/session.ts';
import { SignIn } from '../ui/signin/SignIn.tsx';
import { StepUp } from '../ui/signin/StepUp.tsx';
import { chooseLanguage, useLanguage, useWords } from '../ui/words.ts';
import { useWaitingStatements } from './clearing/waiting.ts';
import { Finder } from './Finder.tsx';
import { Failed } from './kit/Notes.tsx';
import { WaitingNotes } from './kit/Waits.tsx';
import { groups } from './places.ts';
import { frameWords } from './words.ts';

/** Around every page: who may come in, where one can go, and what was looked for. */
export function Frame() {
  const { signedIn, error } = useSignedIn();
  if (error && signedIn === undefined) return <Failed error={error} again={() => location.reload()} />;
  if (signedIn === undefined) return <Skeleton active className="waiting" />;
  if (signedIn.is !== 'somebody') return <SignIn signedIn={signedIn} />;
  return (
    <SessionProvider value={signedIn.session}>
      <House />
      <StepUp />
      <WaitingNotes />
    </SessionProvider>
  );
}

function House() {
  const words = useWords(frameWords);
  const [isMenuOpen, setMenuOpen] = useState(false);
  return (
    <div className="house">
      <a className="skip" href="#main">
        {words.skip}
      </a>
      <aside className="side">
        <Brand />
        <Navigation />
      </aside>
      <Drawer
        open={isMenuOpen}
        placement="left"
        size={260}
        title={<Brand />}
        onClose={() => setMenuOpen(false)}
        styles={{ body: { padding: '0 0 16px' } }}
      >
        <Navigation onGo={() => setMenuOpen(false)} />
      </Drawer>
      <div className="stage">
        <header className="top">
          <Button
            className="menu-button"
            type="text"
            aria-label={words.openMenu}
            icon={<Icon name="menu" />}
            onClick={() => setMenuOpen(true)}
          />
          <Finder />
          <Who />
        </header>
        <main id="main" tabIndex={-1}>
          <Outlet />
        </main>
      </div>
    </div>
  );
}

function Brand() {
  return (
    <span className="brand">
      <img src="/icon.svg" alt="" width={26} height={26} />
      Scrip
    </span>
  );
}

function Navigation({ onGo }: { readonly onGo?: () => void }) {
  const words = useWords(frameWords);
  const { permissions } = useSession();
  const { pathname } = useLocation();
  const isHere = (to: string) => pathname === to || (to !== '/' && pathname.startsWith(`${to}/`));
  return (
    <nav aria-label={words.navigation} className="nav">
      {groups.map(({ word, places: all }) => {
        const open = all.filter(({ by }) => permissions.includes(by));
        if (open.length === 0) return null;
        return (
          <div key={word ?? ''}>
            {word === undefined ? null : <p className="nav-group">{words[word]}</p>}
            {open.map((place) => (
              <Link
                key={place.to}
                to={place.to}
                onClick={() => onGo?.()}
                className={isHere(place.to) ? 'nav-item here' : 'nav-item'}
                aria-current={isHere(place.to) ? 'page' : undefined}
              >
                <Icon name={place.icon} size={18} />
                {words[place.word]}
                {place.word === 'approvals' ? <WaitingApprovals /> : null}
                {place.word === 'settlementPeriods' ? <WaitingStatements /> : null}
              </Link>
            ))}
          </div>
        );
      })}
      <a className="nav-item out" href="/counter">
        <Icon name="sell" size={18} />
        {words.counter}
      </a>
    </nav>
  );
}

const readEveryMs = 30_000;

/** How many approvals wait for whoever looks. */
function WaitingApprovals() {
  const { permissions } = useSession();
  const { data } = useAsk(
    'GET /v1/approvals',
    { query: { state: 'pending', limit: 50 } },
    { enabled: permissions.includes('approvals.decide'), everyMs: () => readEveryMs },
  );
  const words = useWords(frameWords);
  return (
    <Badge
      count={(data?.items ?? []).filter(({ allowed }) => allowed.decide).length}
      say={words.waitingForYou}
    />
  );
}

/** How many statements wait for whoever looks to confirm or dispute them. */
function WaitingStatements() {
  const words = useWords(frameWords);
  return <Badge count={useWaitingStatements().length} say={words.statementsForYou} />;
}

function Badge({ count, say }: { readonly count: number; readonly say: (count: number) => string }) {
  if (count === 0) return null;
  return (
    <span className="badge" title={say(count)}>
      {count}
      <span className="unseen">{say(count)}</span>
    </span>
  );
}

function Who() {
  const words = useWords(frameWords);
  const language = useLanguage();
  const { staff } = useSession();
  return (
    <div className="who">
      <span className="who-text">
        <MerchantChoice />
        <span className="soft">{staff.name}</span>
      </span>
      <Button
        type="text"
        size="small"
        lang={language === 'zh' ? 'en' : 'zh-CN'}
        onClick={() => chooseLanguage(language === 'zh' ? 'en' : 'zh')}
      >
        {words.otherLanguage}
      </Button>
      <Button type="text" size="small" onClick={() => void signOut()}>
        {words.signOut}
      </Button>
    </div>
  );
}

/** For whom one acts; who works for several merchants chooses. */
function MerchantChoice() {
  const words = useWords(frameWords);
  const { merchant, merchants } = useSession();
  const change = useCommand('POST /v1/session/merchant');
  if (merchants.length < 2) return <strong>{merchant.name}</strong>;
  return (
    <Select
      size="small"
      variant="borderless"
      aria-label={words.merchant}
      value={merchant.id}
      loading={change.isPending}
      options={merchants.map(({ id, name }) => ({ value: id, label: name }))}
      onChange={(merchantId) =>
        change.mutate({ body: { merchantId } }, { onSuccess: () => location.assign('/') })
      }
    />
  );
}

/** What an address shows that is none. */
export function MissingPage() {
  const words = useWords(frameWords);
  return (
    <Result
      icon={<Icon name="search" size={56} />}
      title={words.pageMissing}
      subTitle={words.pageMissingWhy}
      extra={<Link to="/">{words.toHome}</Link>}
    />
  );
}
