import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useMay } from '../../ui/session.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { type Column, moneyColumn, textColumn } from '../kit/columns.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { Guarded, Nothing } from '../kit/Notes.tsx';
import { Page } from '../kit/Page.tsx';
import { DividendState } from './DividendState.tsx';
import { type Dividend, periodText, sourceText, weighingText } from './terms.ts';
import { dividendStateWords, dividendWords } from './words.ts';

const lookEveryMs = 1_500;
const isUnderWay = ({ state }: Dividend) => state === 'counting' || state === 'approved';

/** Dividends, and how far each is. */
export function DividendsPage() {
  const words = useWords(dividendWords);
  const navigate = useNavigate();
  const add = useMay('dividends.write') ? (
    <Link to="/dividends/new">
      <Button type="primary">{words.add}</Button>
    </Link>
  ) : null;
  return (
    <Guarded by="dividends.read">
      <Page title={words.title} lead={words.lead} actions={add}>
        <ListTable
          name="GET /v1/dividends"
          parts={{}}
          columns={useDividendColumns()}
          rowKey={({ id }) => id}
          filename="dividends"
          empty={<Nothing text={words.nothing} action={add} />}
          onOpen={({ id }) => void navigate({ to: '/dividends/$id', params: { id } })}
          everyMs={(items) => (items.some(isUnderWay) ? lookEveryMs : false)}
        />
      </Page>
    </Guarded>
  );
}

function useDividendColumns(): readonly Column<Dividend>[] {
  const words = useWords(dividendWords);
  const language = useLanguage();
  const states = useWords(dividendStateWords);
  const currencyOf = ({ currency }: Dividend) => currency;
  return [
    {
      key: 'name',
      title: words.name,
      show: ({ id, name }) => (
        <Link to="/dividends/$id" params={{ id }}>
          {name}
        </Link>
      ),
      cell: ({ name }) => name,
    },
    textColumn({ key: 'period', title: words.period }, (one) => periodText(one, language)),
    moneyColumn({ key: 'pool', title: words.pool }, ({ pool }) => pool, currencyOf),
    {
      key: 'how',
      title: words.facts,
      show: (one) => (
        <>
          {sourceText(one, language)}
          <div className="soft small">{weighingText(one, language)}</div>
        </>
      ),
      cell: (one) => `${sourceText(one, language)} · ${weighingText(one, language)}`,
    },
    {
      key: 'members',
      title: words.members,
      align: 'right',
      show: ({ members }) => <span className="money">{members.toLocaleString(localeOf(language))}</span>,
      cell: ({ members }) => members,
    },
    moneyColumn({ key: 'paid', title: words.paid }, ({ paid }) => paid, currencyOf),
    {
      key: 'state',
      title: words.state,
      show: ({ state }) => <DividendState state={state} />,
      cell: ({ state }) => states[state],
    },
  ];
}
