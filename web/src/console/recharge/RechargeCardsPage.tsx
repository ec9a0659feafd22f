import { Link } from '@tanstack/react-router';
import { Alert, Button, Checkbox, Input, Space } from 'antd';
import { useState } from 'react';
import type { ItemOf } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { ChoiceFilter } from '../kit/ChoiceFilter.tsx';
import { type Column, momentColumn, moneyColumn, textColumn } from '../kit/columns.tsx';
import { ReasonField } from '../kit/fields.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { Guarded, Nothing } from '../kit/Notes.tsx';
import { useStoreName } from '../kit/names.ts';
import { Page } from '../kit/Page.tsx';
import { useFilters } from '../kit/paging.ts';
import { rechargeCardWords } from './words.ts';

type Card = ItemOf<'GET /v1/recharge-cards'>;
type Asked = { readonly what: 'unlock' | 'void'; readonly card: Card };
const states = ['made', 'sold', 'used', 'void'] as const;

/** Recharge cards one by one: what became of each, and what staff can do about it. */
export function RechargeCardsPage() {
  const words = useWords(rechargeCardWords);
  const { values } = useFilters(['batchId', 'state', 'number', 'locked']);
  const [asked, setAsked] = useState<Asked>();
  const state = states.find((one) => one === values.state);
  const query = {
    state,
    ...(values.batchId ? { batchId: values.batchId } : {}),
    ...(values.number ? { number: values.number } : {}),
    ...(values.locked === 'true' ? { locked: 'true' as const } : {}),
  };
  return (
    <Guarded by="rechargecards.read">
      <Page
        title={words.title}
        lead={words.lead}
        actions={
          <Link to="/recharge-card-batches">
            <Button>{words.batches}</Button>
          </Link>
        }
      >
        <ListTable
          name="GET /v1/recharge-cards"
          parts={{ query }}
          columns={useCardColumns(setAsked)}
          rowKey={({ id }) => id}
          filename="recharge-cards"
          empty={<Nothing text={words.nothing} />}
          filters={<Filters />}
        />
        {asked === undefined ? null : <Act asked={asked} onClose={() => setAsked(undefined)} />}
      </Page>
    </Guarded>
  );
}

function Filters() {
  const words = useWords(rechargeCardWords);
  const { values, set } = useFilters(['batchId', 'state', 'number', 'locked']);
  return (
    <>
      <Input.Search
        className="filter"
        allowClear
        aria-label={words.numberHint}
        placeholder={words.numberHint}
        defaultValue={values.number ?? ''}
        onSearch={(number) => set({ number })}
      />
      <ChoiceFilter
        label={words.state}
        any={words.anyState}
        value={states.find((one) => one === values.state)}
        options={states.map((value) => ({ value, label: words[value] }))}
        onChoose={(state) => set({ state })}
      />
      <Checkbox
        checked={values.locked === 'true'}
        onChange={({ target }) => set({ locked: target.checked ? 'true' : '' })}
      >
        {words.onlyLocked}
      </Checkbox>
    </>
  );
}

function useCardColumns(ask: (asked: Asked) => void): readonly Column<Card>[] {
  const words = useWords(rechargeCardWords);
  const storeName = useStoreName();
  const mayUnlock = useMay('rechargecards.unlock');
  const mayVoid = useMay('rechargecards.void');
  const marks = { made: 'quiet', active: 'good', used: 'quiet', expired: 'stop', void: 'stop' } as const;
  return [
    {
      key: 'number',
      title: words.number,
      show: ({ number }) => <span className="mono">{number.replace(/(\d{4})(?=\d)/g, '$1 ')}</span>,
      cell: ({ number }) => number,
    },
    {
      key: 'serial',
      title: words.serial,
      align: 'right',
      show: ({ serial }) => <span className="mono">{serial}</span>,
      cell: ({ serial }) => serial,
    },
    moneyColumn(
      { key: 'face', title: words.faceValue },
      ({ faceValue }) => faceValue,
      ({ currency }) => currency,
    ),
    {
      key: 'state',
      title: words.state,
      show: ({ state, locked }) => (
        <Space size={4}>
          <span className={`mark ${marks[state]}`}>{words[state]}</span>
          {locked ? <span className="mark stop">{words.locked}</span> : null}
        </Space>
      ),
      cell: ({ state, locked }) => (locked ? `${words[state]} ${words.locked}` : words[state]),
    },
    textColumn({ key: 'store', title: words.store }, ({ soldStoreId }) =>
      soldStoreId === null ? null : storeName(soldStoreId),
    ),
    momentColumn({ key: 'sold', title: words.soldAt }, ({ soldAt }) => soldAt),
    momentColumn({ key: 'used', title: words.usedAt }, ({ usedAt }) => usedAt),
    {
      key: 'verbs',
      title: '',
      show: (card) => (
        <Space size={0}>
          {mayUnlock && card.locked ? (
            <Button type="link" size="small" onClick={() => ask({ what: 'unlock', card })}>
              {words.unlock}
            </Button>
          ) : null}
          {mayVoid && (card.state === 'made' || card.state === 'active') ? (
            <Button type="link" size="small" danger onClick={() => ask({ what: 'void', card })}>
              {words.voidCard}
            </Button>
          ) : null}
        </Space>
      ),
      cell: () => null,
    },
  ];
}

function Act({ asked: { what, card }, onClose }: { readonly asked: Asked; readonly onClose: () => void }) {
  const words = useWords(rechargeCardWords);
  const unlock = useCommand('POST /v1/recharge-cards/{id}/unlock');
  const voidCard = useCommand('POST /v1/recharge-cards/{id}/void');
  const isUnlock = what === 'unlock';
  const title = isUnlock ? words.unlock : words.voidCard;
  return (
    <ActionDialog<{ reason: string }, unknown>
      title={`${title} · ${card.maskedNumber}`}
      action={title}
      danger={!isUnlock}
      submit={(body, idempotencyKey) => {
        const parts = { params: { id: card.id }, body, idempotencyKey };
        return isUnlock ? unlock.mutateAsync(parts) : voidCard.mutateAsync(parts);
      }}
      onClose={onClose}
    >
      {isUnlock ? <Alert className="explain" type="info" showIcon title={words.unlockWhy} /> : null}
      <ReasonField />
    </ActionDialog>
  );
}
