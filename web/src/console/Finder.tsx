import { useNavigate } from '@tanstack/react-router';
import { Input } from 'antd';
import { type KeyboardEvent, useDeferredValue, useEffect, useState } from 'react';
import type { AnswerOf } from '../api/client.ts';
import { useAsk } from '../ui/asking.ts';
import { Icon, type IconName } from '../ui/icons.tsx';
import { useSession } from '../ui/session.ts';
import { useWords } from '../ui/words.ts';
import { Dialog } from './kit/Dialog.tsx';
import { places } from './places.ts';
import { eventWords } from './records/events/words.ts';
import { frameWords } from './words.ts';

type Hit = { readonly key: string; readonly icon: IconName; readonly text: string; readonly to: string };

/** Finds a card, a member, a store, a person, what was done or a page from anywhere: Ctrl-K. */
export function Finder() {
  const words = useWords(frameWords);
  const [isOpen, setOpen] = useState(false);
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return;
      event.preventDefault();
      setOpen(true);
    };
    addEventListener('keydown', onKey);
    return () => removeEventListener('keydown', onKey);
  }, []);
  return (
    <>
      <button type="button" className="finder" onClick={() => setOpen(true)}>
        <Icon name="search" size={16} />
        <span>{words.search}</span>
        <kbd>Ctrl K</kbd>
      </button>
      {isOpen ? <FinderBox onClose={() => setOpen(false)} /> : null}
    </>
  );
}

function FinderBox({ onClose }: { readonly onClose: () => void }) {
  const words = useWords(frameWords);
  const navigate = useNavigate();
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const [isEntered, setEntered] = useState(false);
  const sought = useDeferredValue(typed.trim());
  const { hits, isAnswered } = useHits(sought);
  const go = (hit: Hit | undefined) => {
    if (!hit) return;
    onClose();
    void navigate({ to: hit.to });
  };
  // Whoever types or scans faster than the answer comes means what is found by all of it, not what is shown so far.
  const isSettled = isAnswered && sought === typed.trim();
  const first = hits[at];
  useEffect(() => {
    if (!isEntered || !isSettled) return;
    setEntered(false);
    if (!first) return;
    onClose();
    void navigate({ to: first.to });
  }, [isEntered, isSettled, first, onClose, navigate]);
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, hits.length - 1));
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0));
    else if (event.key === 'Enter') setEntered(true);
    else return;
    event.preventDefault();
  };
  return (
    <Dialog
      footer={null}
      closable={false}
      onCancel={onClose}
      title={<span className="unseen">{words.search}</span>}
    >
      <Input
        autoFocus
        size="large"
        role="combobox"
        aria-expanded
        aria-controls="finder-hits"
        aria-activedescendant={hits[at] ? `hit-${at}` : undefined}
        aria-label={words.search}
        placeholder={words.searchHint}
        prefix={<Icon name="search" size={16} />}
        value={typed}
        onChange={({ target }) => {
          setTyped(target.value);
          setAt(0);
          setEntered(false);
        }}
        onKeyDown={onKeyDown}
      />
      <div id="finder-hits" role="listbox" aria-label={words.search} className="hits">
        {hits.map((hit, place) => (
          <div
            key={hit.key}
            id={`hit-${place}`}
            role="option"
            tabIndex={-1}
            aria-selected={place === at}
            className="hit"
            onClick={() => go(hit)}
            onKeyDown={onKeyDown}
          >
            <Icon name={hit.icon} size={18} />
            {hit.text}
          </div>
        ))}
        {hits.length === 0 ? <p className="hit-none">{words.searchNothing}</p> : null}
      </div>
    </Dialog>
  );
}

const hitsMax = 10;
type Found = AnswerOf<'GET /v1/search'>['hits'][number];

/** Where each kind is shown; what has no page of its own is shown in its list. */
const shownAt: Readonly<
  Record<Found['kind'], { readonly icon: IconName; readonly to: (id: string) => string }>
> = {
  card: { icon: 'card', to: (id) => `/cards/${id}` },
  store: { icon: 'store', to: (id) => `/settlement?store=${id}` },
  program: { icon: 'program', to: (id) => `/programs/${id}` },
  batch: { icon: 'batch', to: (id) => `/batches?open=${id}` },
  member: { icon: 'people', to: (id) => `/members/${id}` },
  staff: { icon: 'people', to: () => '/staff' },
  api_key: { icon: 'key', to: () => '/keys' },
  redemption: { icon: 'clock', to: (id) => `/redemptions/${id}` },
  hold: { icon: 'clock', to: (id) => `/audit/${id}` },
  activity: { icon: 'search', to: (id) => `/audit/${id}` },
};

/** What the server finds, of which only what this person may see, and pages by their name. */
function useHits(typed: string): { readonly hits: readonly Hit[]; readonly isAnswered: boolean } {
  const words = useWords(frameWords);
  const events: Readonly<Record<string, string>> = useWords(eventWords);
  const { permissions } = useSession();
  const search = useAsk('GET /v1/search', { query: { q: typed } }, { enabled: typed.length >= 2 });
  const isAsked = typed.length >= 2;
  const isAnswered = !isAsked || search.error !== null || !(search.isPending || search.isPlaceholderData);
  const found = isAsked && isAnswered ? (search.data?.hits ?? []) : [];
  const foundHits = found.map(({ kind, id, title, subtitle }): Hit => {
    const { icon, to } = shownAt[kind];
    const name = events[title] ?? title;
    return {
      key: `${kind} ${id}`,
      icon,
      text: subtitle === null ? name : `${name} · ${subtitle}`,
      to: to(id),
    };
  });
  const pageHits = places
    .filter(({ by }) => permissions.includes(by))
    .map(({ to, word, icon }): Hit => ({ key: to, icon, text: words[word], to }))
    .filter(({ text }) => text.toLowerCase().includes(typed.toLowerCase()));
  return { hits: [...foundHits, ...pageHits].slice(0, hitsMax), isAnswered };
}
