import { useNavigate } from '@tanstack/react-router';
import { Button, Checkbox, Dropdown, Input, Popover } from 'antd';
import { useState } from 'react';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { ErrorNote } from '../kit/Notes.tsx';
import { textsOf } from '../kit/paging.ts';
import { cardFilters } from './filters.ts';
import { cardWords } from './words.ts';

const page = 'cards';

/** Filters that somebody uses again and again, by a name: one's own, and those for all. */
export function SavedViews({ values }: { readonly values: { readonly [name: string]: string | undefined } }) {
  const words = useWords(cardWords);
  const navigate = useNavigate();
  const { data } = useAsk('GET /v1/views', { query: { page } });
  const remove = useCommand('POST /v1/views/{id}/remove');
  const mayShare = useMay('settings.write');
  const views = data?.items ?? [];
  const search = textsOf(values, [...cardFilters]);
  const isFiltered = Object.keys(search).length > 0;
  const open = (query: string) =>
    void navigate({
      to: '/cards',
      search: textsOf(Object.fromEntries(new URLSearchParams(query)), [...cardFilters]),
    });
  return (
    <>
      <Dropdown
        trigger={['click']}
        menu={{
          items:
            views.length === 0
              ? [{ key: 'none', label: words.noViews, disabled: true }]
              : views.map(({ id, name, shared }) => ({
                  key: id,
                  label: shared ? `${name} · ${words.shared}` : name,
                  extra:
                    !shared || mayShare ? (
                      <button
                        type="button"
                        className="plain"
                        aria-label={words.removeView(name)}
                        onClick={(event) => {
                          event.stopPropagation();
                          remove.mutate({ params: { id }, body: {} });
                        }}
                      >
                        ×
                      </button>
                    ) : null,
                })),
          onClick: ({ key }) => open(views.find(({ id }) => id === key)?.query ?? ''),
        }}
      >
        <Button>{words.savedViews}</Button>
      </Dropdown>
      {isFiltered ? (
        <>
          <SaveView query={new URLSearchParams(search).toString()} mayShare={mayShare} />
          <Button type="text" onClick={() => void navigate({ to: '/cards', search: {} })}>
            {words.clear}
          </Button>
        </>
      ) : null}
    </>
  );
}

function SaveView({ query, mayShare }: { readonly query: string; readonly mayShare: boolean }) {
  const words = useWords(cardWords);
  const [name, setName] = useState('');
  const [isShared, setShared] = useState(false);
  const [isOpen, setOpen] = useState(false);
  const save = useCommand('POST /v1/views');
  const keep = () => {
    if (name.trim() === '') return;
    save.mutate(
      { body: { page, name: name.trim(), query, shared: isShared } },
      {
        onSuccess: () => {
          setName('');
          setOpen(false);
        },
      },
    );
  };
  return (
    <Popover
      trigger="click"
      open={isOpen}
      onOpenChange={setOpen}
      content={
        <div className="more-filters">
          <Input
            autoFocus
            aria-label={words.viewName}
            placeholder={words.viewName}
            maxLength={40}
            value={name}
            onChange={({ target }) => setName(target.value)}
            onPressEnter={keep}
          />
          {mayShare ? (
            <Checkbox checked={isShared} onChange={({ target }) => setShared(target.checked)}>
              {words.share}
            </Checkbox>
          ) : null}
          <ErrorNote error={save.error} />
          <Button type="primary" loading={save.isPending} onClick={keep}>
            {words.saveView}
          </Button>
        </div>
      }
    >
      <Button type="text">{words.saveView}</Button>
    </Popover>
  );
}
