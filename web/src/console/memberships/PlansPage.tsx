import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useMay } from '../../ui/session.ts';
import { useLanguage, useWords } from '../../ui/words.ts';
import { type Column, moneyColumn, textColumn } from '../kit/columns.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { Guarded, Nothing } from '../kit/Notes.tsx';
import { Page } from '../kit/Page.tsx';
import { PlanState } from './PlanState.tsx';
import { type Plan, rateText, spanText } from './plan.ts';
import { planWords } from './words.ts';

/** What members can buy to be members. */
export function PlansPage() {
  const words = useWords(planWords);
  const navigate = useNavigate();
  const add = useMay('memberships.plans') ? (
    <Link to="/membership-plans/new">
      <Button type="primary">{words.add}</Button>
    </Link>
  ) : null;
  return (
    <Guarded by="members.read">
      <Page title={words.title} lead={words.lead} actions={add}>
        <ListTable
          name="GET /v1/membership-plans"
          parts={{}}
          columns={usePlanColumns()}
          rowKey={({ id }) => id}
          filename="membership-plans"
          empty={<Nothing text={words.nothing} action={add} />}
          onOpen={({ id }) => void navigate({ to: '/membership-plans/$id', params: { id } })}
        />
      </Page>
    </Guarded>
  );
}

function usePlanColumns(): readonly Column<Plan>[] {
  const words = useWords(planWords);
  const language = useLanguage();
  return [
    {
      key: 'name',
      title: words.name,
      show: ({ id, name }) => (
        <Link to="/membership-plans/$id" params={{ id }}>
          {name[language]}
        </Link>
      ),
      cell: ({ name }) => name[language],
    },
    textColumn({ key: 'span', title: words.span }, ({ span }) => spanText(span, language)),
    moneyColumn(
      { key: 'price', title: words.price },
      ({ price }) => price,
      ({ currency }) => currency,
    ),
    textColumn({ key: 'discount', title: words.discount }, ({ discount }) =>
      rateText(discount.ppm, language),
    ),
    textColumn({ key: 'wallet', title: words.walletDiscount }, ({ discount: { walletPpm } }) =>
      walletPpm === null ? null : rateText(walletPpm, language),
    ),
    textColumn({ key: 'grace', title: words.grace }, ({ graceDays }) =>
      graceDays === 0 ? null : words.inDays(graceDays),
    ),
    textColumn({ key: 'pause', title: words.pause }, ({ pauseDaysMax }) =>
      pauseDaysMax === 0 ? null : words.inDays(pauseDaysMax),
    ),
    {
      key: 'state',
      title: words.state,
      show: ({ state }) => <PlanState state={state} />,
      cell: ({ state }) => words[state],
    },
  ];
}
