import { Link } from '@tanstack/react-router';
import { Alert, Skeleton } from 'antd';
import type { AnswerOf } from '../../api/client.ts';
import { useAsk } from '../../ui/asking.ts';
import { formatMoney } from '../../ui/money.ts';
import { useMay, useSession } from '../../ui/session.ts';
import { formatMoment } from '../../ui/time.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { useWaitingStatements } from '../clearing/waiting.ts';
import { Failed } from '../kit/Notes.tsx';
import { Page, Panel } from '../kit/Page.tsx';
import { useFilters } from '../kit/paging.ts';
import { useFirsts } from './firsts.ts';
import { MemberTiles } from './MemberTiles.tsx';
import { Reports } from './Reports.tsx';
import { Tile } from './Tile.tsx';
import { homeWords } from './words.ts';

const readEveryMs = 30_000;

/** How it stands today, what somebody should look at, and charts. */
export function HomePage() {
  const words = useWords(homeWords);
  const mayReports = useMay('reports.read');
  return (
    <Page title={words.title}>
      <FirstSteps />
      <StatementsForYou />
      {mayReports ? <Today /> : <Alert type="info" title={words.noReports} />}
    </Page>
  );
}

function FirstSteps() {
  const words = useWords(homeWords);
  const firsts = useFirsts();
  const may = useMay('people.write');
  if (!may || !firsts || (firsts.anySold && firsts.anyRedeemed)) return null;
  return (
    <Alert className="explain" type="info" showIcon title={<Link to="/first-steps">{words.toSteps}</Link>} />
  );
}

const shownMax = 5;

/** Statements that wait for whoever looks, until each was confirmed or disputed. */
function StatementsForYou() {
  const words = useWords(homeWords);
  const locale = localeOf(useLanguage());
  const { timezone } = useSession().merchant;
  const waiting = useWaitingStatements();
  if (waiting.length === 0) return null;
  return (
    <Alert
      className="explain"
      type="warning"
      showIcon
      title={words.statements(waiting.length)}
      description={
        <ul className="alerts">
          {waiting.slice(0, shownMax).map(({ id, number, name, answerBy }) => (
            <li key={id}>
              <Link to="/settlement-periods/statements/$id" params={{ id }}>
                {words.statement(name, number)}
              </Link>{' '}
              <span className="soft">{words.answerBy(formatMoment(answerBy, locale, timezone))}</span>
            </li>
          ))}
          {waiting.length > shownMax ? (
            <li>
              <Link to="/settlement-periods">{words.allStatements}</Link>
            </li>
          ) : null}
        </ul>
      }
    />
  );
}

function Today() {
  const { values } = useFilters(['store']);
  const { data, error, refetch } = useAsk(
    'GET /v1/reports/today',
    { query: { storeId: values.store } },
    { everyMs: () => readEveryMs },
  );
  if (error && !data) return <Failed error={error} again={() => void refetch()} />;
  if (!data) return <Skeleton active />;
  return (
    <>
      <Tiles today={data} />
      <Alerts />
      <Reports day={data.day} />
    </>
  );
}

type Today = AnswerOf<'GET /v1/reports/today'>;

function Tiles({ today }: { readonly today: Today }) {
  const words = useWords(homeWords);
  const { currency } = useSession().merchant;
  const locale = localeOf(useLanguage());
  const money = (amount: number) => formatMoney(amount, currency, locale);
  const own = today.currencies.find((one) => one.currency === currency);
  const change = own?.outstandingChange ?? 0;
  return (
    <>
      <p className="soft small under">
        {words.today(today.day)}
        {today.behind > 0 ? ` · ${words.behind(today.behind)}` : ''}
      </p>
      <div className="tiles">
        <Tile label={words.sold} note={words.cardsMany(own?.activations ?? 0)}>
          {money(own?.sold ?? 0)}
        </Tile>
        <Tile label={words.redeemed} note={words.times(own?.redemptions ?? 0)} to="/redemptions">
          {money(own?.redeemed ?? 0)}
        </Tile>
        <Tile label={words.refunded} note={words.times(own?.refunds ?? 0)} to="/redemptions?list=refunds">
          {money(own?.refunded ?? 0)}
        </Tile>
        <Tile
          label={words.outstanding}
          note={words.todayChange(`${change > 0 ? '+' : ''}${money(change)}`)}
          to="/ledger?purpose=card"
        >
          {money(own?.outstanding ?? 0)}
        </Tile>
        <Tile label={words.expiring} note={words.cardsMany(own?.expiring.cards ?? 0)}>
          {money(own?.expiring.balance ?? 0)}
        </Tile>
      </div>
      <MemberTiles day={today.day} />
    </>
  );
}

function Alerts() {
  const words = useWords(homeWords);
  const { data, error, refetch } = useAsk('GET /v1/reports/alerts', {}, { everyMs: () => readEveryMs });
  const lines = useAlertLines(data);
  return (
    <Panel title={words.alerts}>
      {error && !data ? <Failed error={error} again={() => void refetch()} /> : null}
      {data && lines.length === 0 ? <p className="soft">{words.noAlerts}</p> : null}
      <ul className="alerts">
        {lines.map(({ key, tone, text, to }) => (
          <li key={key}>
            <span className={`mark ${tone}`}>!</span> {to === undefined ? text : <Link to={to}>{text}</Link>}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

type Line = {
  readonly key: string;
  readonly tone: 'stop' | 'look';
  readonly text: string;
  readonly to?: string;
};

function useAlertLines(alerts: AnswerOf<'GET /v1/reports/alerts'> | undefined): readonly Line[] {
  const words = useWords(homeWords);
  const locale = localeOf(useLanguage());
  if (!alerts) return [];
  const { ledgerFrozen, failedBatches, unusual, pinLocked } = alerts;
  return [
    ...(ledgerFrozen === null
      ? []
      : [
          {
            key: 'frozen',
            tone: 'stop' as const,
            text: `${words.frozen}: ${ledgerFrozen.reason}`,
            to: '/ledger',
          },
        ]),
    ...failedBatches.map(({ batchId, failure }) => ({
      key: batchId,
      tone: 'stop' as const,
      text: `${words.batchFailed}: ${failure}`,
      to: `/batches?open=${batchId}`,
    })),
    ...unusual.map(({ actor, currency, refunded, adjusted }) => ({
      key: `${actor.id} ${currency}`,
      tone: 'look' as const,
      text: words.unusual(
        actor.name ?? actor.id,
        `${formatMoney(refunded, currency, locale)} / ${formatMoney(adjusted, currency, locale)}`,
      ),
      to: `/audit?actorId=${actor.id}`,
    })),
    ...pinLocked.map(({ cardId, serial }) => ({
      key: cardId,
      tone: 'look' as const,
      text: words.pinLocked(serial),
      to: `/cards/${cardId}`,
    })),
  ];
}
