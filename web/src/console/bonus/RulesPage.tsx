import { Link } from '@tanstack/react-router';
import { Alert, Button, Space } from 'antd';
import { useState } from 'react';
import { useCommand } from '../../ui/asking.ts';
import { listed } from '../../ui/listed.ts';
import { useMay } from '../../ui/session.ts';
import { wayWords } from '../../ui/value/words.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { useCouponName } from '../coupons/names.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { type Column, LastDay, Moment, textColumn } from '../kit/columns.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { Guarded, Nothing } from '../kit/Notes.tsx';
import { useStoreName } from '../kit/names.ts';
import { Page } from '../kit/Page.tsx';
import { kitWords } from '../words.ts';
import { useScopeText } from './Scope.tsx';
import { ladderText, type Rule, standingOf, termsText } from './terms.ts';
import { bonusWords } from './words.ts';

/** What is given on top of a top-up, by rule. */
export function RulesPage() {
  const words = useWords(bonusWords);
  const may = useMay('wallets.rules');
  const [ending, setEnding] = useState<Rule>();
  const add = may ? (
    <Link to="/bonus-rules/new">
      <Button type="primary">{words.add}</Button>
    </Link>
  ) : null;
  return (
    <Guarded by="wallets.read">
      <Page title={words.title} lead={words.lead} actions={add}>
        <ListTable
          name="GET /v1/bonus-rules"
          parts={{}}
          columns={useRuleColumns(may ? setEnding : undefined)}
          rowKey={({ id }) => id}
          filename="bonus-rules"
          empty={<Nothing text={words.nothing} action={add} />}
        />
        {ending ? <EndDialog rule={ending} onClose={() => setEnding(undefined)} /> : null}
      </Page>
    </Guarded>
  );
}

function useRuleColumns(end?: (rule: Rule) => void): readonly Column<Rule>[] {
  const words = useWords(bonusWords);
  const kit = useWords(kitWords);
  const ways: Readonly<Record<string, string>> = useWords(wayWords);
  const language = useLanguage();
  const storeName = useStoreName();
  const scopeText = useScopeText();
  const couponName = useCouponName();
  const now = Date.now();
  const whereOf = ({ storeIds, tenders }: Rule) => {
    const stores =
      storeIds.length === 0 ? words.everywhere : listed(storeIds.map(storeName), localeOf(language));
    return tenders.length === 0
      ? stores
      : `${stores} · ${listed(
          tenders.map((tender) => ways[tender] ?? tender),
          localeOf(language),
        )}`;
  };
  return [
    textColumn({ key: 'name', title: words.name }, ({ name }) => name),
    {
      key: 'ladder',
      title: words.ladder,
      show: (rule) => ladderText(rule, language, couponName).map((line) => <div key={line}>{line}</div>),
      cell: (rule) => ladderText(rule, language, couponName).join('; '),
    },
    {
      key: 'terms',
      title: words.terms,
      show: (rule) => (
        <>
          {words[rule.occasion]}
          <div className="soft small">{termsText(rule, language)}</div>
          <div className="soft small">{scopeText(rule.scope)}</div>
        </>
      ),
      cell: (rule) =>
        [words[rule.occasion], termsText(rule, language), scopeText(rule.scope) ?? []].flat().join(' · '),
    },
    textColumn({ key: 'where', title: words.where }, whereOf),
    {
      key: 'period',
      title: words.period,
      show: ({ startsAt, endsAt }) => (
        <>
          <Moment at={startsAt} day /> –
          {endsAt === null ? null : (
            <div>
              <LastDay before={endsAt} />
            </div>
          )}
        </>
      ),
      cell: ({ startsAt, endsAt }) => `${startsAt} – ${endsAt ?? ''}`,
    },
    {
      key: 'state',
      title: kit.status,
      show: (rule) => <Standing rule={rule} />,
      cell: (rule) => words[standingOf(rule, now)],
    },
    {
      key: 'verbs',
      title: '',
      show: (rule) =>
        end ? (
          <Space size={0}>
            <Link to="/bonus-rules/new" search={{ copy: rule.id }}>
              <Button type="link" size="small">
                {words.copy}
              </Button>
            </Link>
            {rule.state === 'active' ? (
              <Button type="link" size="small" danger onClick={() => end(rule)}>
                {words.end}
              </Button>
            ) : null}
          </Space>
        ) : null,
      cell: () => null,
    },
  ];
}

function Standing({ rule }: { readonly rule: Rule }) {
  const words = useWords(bonusWords);
  const standing = standingOf(rule, Date.now());
  const tone = standing === 'active' ? 'good' : standing === 'planned' ? 'look' : '';
  return <span className={`mark ${tone}`}>{words[standing]}</span>;
}

function EndDialog({ rule, onClose }: { readonly rule: Rule; readonly onClose: () => void }) {
  const words = useWords(bonusWords);
  const end = useCommand('POST /v1/bonus-rules/{id}/end');
  return (
    <ActionDialog<object, unknown>
      title={words.endTitle(rule.name)}
      action={words.end}
      danger
      submit={(_values, idempotencyKey) =>
        end.mutateAsync({ params: { id: rule.id }, body: {}, idempotencyKey })
      }
      onClose={onClose}
    >
      <Alert className="explain" type="warning" showIcon title={words.endWhy} />
    </ActionDialog>
  );
}
