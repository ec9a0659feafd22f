import { useNavigate } from '@tanstack/react-router';
import { Button, Dropdown, Input, Popover, Space } from 'antd';
import { useState } from 'react';
import { useSession } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { textsOf } from '../kit/paging.ts';
import { cardWords } from './words.ts';

type View = { readonly name: string; readonly search: { readonly [name: string]: string } };

/** Views belong to the person at this browser, for this merchant. */
function useViews(): readonly [readonly View[], (views: readonly View[]) => void] {
  const place = `scrip.views.cards.${useSession().merchant.id}`;
  const [views, setViews] = useState(() => viewsIn(localStorage.getItem(place)));
  const save = (next: readonly View[]) => {
    localStorage.setItem(place, JSON.stringify(next));
    setViews(next);
  };
  return [views, save];
}

/** What a browser kept is parsed like anything from outside. */
function viewsIn(text: string | null): readonly View[] {
  try {
    const kept: unknown = JSON.parse(text ?? '[]');
    if (!Array.isArray(kept)) return [];
    return kept.flatMap((one: Readonly<Record<string, unknown>>) =>
      typeof one?.name === 'string' && typeof one.search === 'object' && one.search !== null
        ? [{ name: one.name, search: textsOf({ ...one.search }, Object.keys(one.search)) as View['search'] }]
        : [],
    );
  } catch {
    return [];
  }
}

/** Filters that somebody uses again and again, by a name. */
export function SavedViews({ values }: { readonly values: { readonly [name: string]: string | undefined } }) {
  const words = useWords(cardWords);
  const navigate = useNavigate();
  const [views, save] = useViews();
  const [name, setName] = useState('');
  const [isNaming, setNaming] = useState(false);
  const search = textsOf(values, Object.keys(values)) as View['search'];
  const isFiltered = Object.keys(search).length > 0;
  const keep = () => {
    if (name.trim() === '') return;
    save([...views.filter((view) => view.name !== name.trim()), { name: name.trim(), search }]);
    setName('');
    setNaming(false);
  };
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items:
            views.length === 0
              ? [{ key: 'none', label: words.noViews, disabled: true }]
              : views.map((view) => ({
                  key: view.name,
                  label: view.name,
                  extra: (
                    <button
                      type="button"
                      className="plain"
                      aria-label={words.removeView(view.name)}
                      onClick={(event) => {
                        event.stopPropagation();
                        save(views.filter((one) => one !== view));
                      }}
                    >
                      ×
                    </button>
                  ),
                })),
          onClick: ({ key }) => {
            const view = views.find((one) => one.name === key);
            if (view) void navigate({ to: '/cards', search: view.search });
          },
        }}
      >
        <Button>{words.savedViews}</Button>
      </Dropdown>
      {isFiltered ? (
        <>
          <Popover
            trigger="click"
            open={isNaming}
            onOpenChange={setNaming}
            content={
              <Space.Compact>
                <Input
                  autoFocus
                  aria-label={words.viewName}
                  placeholder={words.viewName}
                  maxLength={40}
                  value={name}
                  onChange={({ target }) => setName(target.value)}
                  onPressEnter={keep}
                />
                <Button type="primary" onClick={keep}>
                  {words.saveView}
                </Button>
              </Space.Compact>
            }
          >
            <Button type="text">{words.saveView}</Button>
          </Popover>
          <Button type="text" onClick={() => void navigate({ to: '/cards', search: {} })}>
            {words.clear}
          </Button>
        </>
      ) : null}
    </>
  );
}
