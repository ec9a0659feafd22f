import { Link } from '@tanstack/react-router';
import { Alert, Button } from 'antd';
import { useState } from 'react';
import { useCommand } from '../../ui/asking.ts';
import { offText } from '../../ui/coupons/text.ts';
import { useMay } from '../../ui/session.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { useScopeText } from '../bonus/Scope.tsx';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { ChoiceFilter } from '../kit/ChoiceFilter.tsx';
import { type Column, LastDay, textColumn } from '../kit/columns.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { Guarded, Nothing } from '../kit/Notes.tsx';
import { Page } from '../kit/Page.tsx';
import { useFilters } from '../kit/paging.ts';
import { WhichList } from '../kit/WhichList.tsx';
import type { Template } from './draft.ts';
import { GivenCoupons } from './GivenCoupons.tsx';
import { couponPageWords } from './words.ts';

/** Kinds of coupons, and the coupons that members have of them. */
export function CouponsPage() {
  return (
    <Guarded by="coupons.read">
      <Coupons />
    </Guarded>
  );
}

function Coupons() {
  const words = useWords(couponPageWords);
  const may = useMay('coupons.manage');
  const { values, set } = useFilters(['list']);
  const isGiven = values.list === 'given';
  const add = may ? (
    <Link to="/coupons/new">
      <Button type="primary">{words.add}</Button>
    </Link>
  ) : null;
  return (
    <Page title={words.title} lead={words.lead} actions={add}>
      <WhichList
        value={isGiven ? 'given' : 'templates'}
        onChoose={(list) => set({ list })}
        lists={[
          { value: 'templates', label: words.templates },
          { value: 'given', label: words.coupons },
        ]}
      />
      {isGiven ? <GivenCoupons /> : <Templates />}
    </Page>
  );
}

function Templates() {
  const words = useWords(couponPageWords);
  const [ending, setEnding] = useState<Template>();
  const { values, set } = useFilters(['state']);
  const state = (['active', 'ended'] as const).find((one) => one === values.state);
  return (
    <>
      <ListTable
        name="GET /v1/coupon-templates"
        parts={{ query: { state } }}
        columns={useTemplateColumns(setEnding)}
        rowKey={({ id }) => id}
        filename="coupon-templates"
        empty={<Nothing text={words.nothing} />}
        filters={
          <ChoiceFilter
            label={words.state}
            any={words.anyState}
            value={state}
            options={(['active', 'ended'] as const).map((value) => ({ value, label: words[value] }))}
            onChoose={(wanted) => set({ state: wanted })}
          />
        }
      />
      {ending ? <EndDialog template={ending} onClose={() => setEnding(undefined)} /> : null}
    </>
  );
}

function useTemplateColumns(end: (template: Template) => void): readonly Column<Template>[] {
  const words = useWords(couponPageWords);
  const language = useLanguage();
  const locale = localeOf(language);
  const scopeText = useScopeText();
  const count = (number: number) => number.toLocaleString(locale);
  const goodFor = { days: words.goodDays, months: words.goodMonths, years: words.goodYears };
  const givenText = ({ issued, issueMax }: Template) =>
    issueMax === null ? words.givenAny(count(issued)) : words.given(count(issued), count(issueMax));
  return [
    textColumn({ key: 'name', title: words.name }, ({ name }) => name),
    {
      key: 'off',
      title: words.off,
      show: (template) => (
        <>
          {offText(template, template.currency, language)}
          <div className="soft small">{scopeText(template.scope)}</div>
        </>
      ),
      cell: (template) => offText(template, template.currency, language),
    },
    {
      key: 'until',
      title: words.until2,
      show: ({ endsAt, validity }) =>
        endsAt !== null ? (
          <LastDay before={endsAt} />
        ) : validity.type === 'after' ? (
          goodFor[validity.unit](count(validity.count))
        ) : (
          <span className="none">{words.noExpiry}</span>
        ),
      cell: ({ endsAt }) => endsAt,
    },
    {
      key: 'standing',
      title: words.standing,
      show: (template) => (
        <>
          {givenText(template)}
          <div className="soft small">{words.usedOf(count(template.used), count(template.held))}</div>
        </>
      ),
      cell: ({ issued }) => issued,
    },
    {
      key: 'state',
      title: words.state,
      show: ({ state }) => (
        <span className={`mark ${state === 'active' ? 'good' : 'quiet'}`}>{words[state]}</span>
      ),
      cell: ({ state }) => words[state],
    },
    {
      key: 'verbs',
      title: '',
      show: (template) =>
        template.allowed.end.ok ? (
          <Button type="link" size="small" danger onClick={() => end(template)}>
            {words.end}
          </Button>
        ) : null,
      cell: () => null,
    },
  ];
}

function EndDialog({ template, onClose }: { readonly template: Template; readonly onClose: () => void }) {
  const words = useWords(couponPageWords);
  const end = useCommand('POST /v1/coupon-templates/{id}/end');
  return (
    <ActionDialog<object, unknown>
      title={words.endTitle(template.name)}
      action={words.end}
      danger
      submit={(_values, idempotencyKey) => end.mutateAsync({ params: { id: template.id }, idempotencyKey })}
      onClose={onClose}
    >
      <Alert className="explain" type="warning" showIcon title={words.endWhy} />
    </ActionDialog>
  );
}
