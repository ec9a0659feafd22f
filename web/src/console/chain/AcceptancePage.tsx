import { Link } from '@tanstack/react-router';
import { Button, Input, Skeleton } from 'antd';
import type { ItemOf } from '../../api/client.ts';
import { useAsk } from '../../ui/asking.ts';
import { useMay, useSession } from '../../ui/session.ts';
import { civilDay, dayStart, lastCivilDay } from '../../ui/time.ts';
import { useWords } from '../../ui/words.ts';
import { Moment } from '../kit/columns.tsx';
import { Failed, Guarded, Nothing } from '../kit/Notes.tsx';
import { Page, Panel } from '../kit/Page.tsx';
import { useFilters } from '../kit/paging.ts';
import { Matrix } from './Matrix.tsx';
import { useStoreOr } from './names.ts';
import { StandingMark, standingsOf } from './versions.tsx';
import { acceptanceWords } from './words.ts';

type Version = ItemOf<'GET /v1/acceptance-rules'>;
const versionsShown = 20;

/** Which store takes what which store sold, on a day; and the rules that say so. */
export function AcceptancePage() {
  return (
    <Guarded by="settlement.read">
      <Acceptance />
    </Guarded>
  );
}

function Acceptance() {
  const words = useWords(acceptanceWords);
  const { values, set } = useFilters(['at']);
  const { timezone } = useSession().merchant;
  const edit = useMay('settlement.terms') ? (
    <Link to="/acceptance/edit">
      <Button type="primary">{words.edit}</Button>
    </Link>
  ) : null;
  return (
    <Page title={words.title} lead={words.lead} actions={edit}>
      <div className="list-bar alone">
        <div className="filters">
          <label className="date-filter" htmlFor="acceptance-at">
            {words.at}
            <Input
              id="acceptance-at"
              type="date"
              value={values.at ?? ''}
              onChange={({ target }) => set({ at: target.value })}
            />
          </label>
        </div>
      </div>
      <Panel flush title={words.matrix}>
        <Matrix at={dayStart(values.at, timezone)} />
        <p className="panel-note">{words.matrixWhy}</p>
      </Panel>
      <div className="page-head second">
        <h2>{words.versions}</h2>
      </div>
      <Versions />
    </Page>
  );
}

function Versions() {
  const words = useWords(acceptanceWords);
  const { data, error, refetch } = useAsk('GET /v1/acceptance-rules', { query: { limit: versionsShown } });
  if (!data) return error ? <Failed error={error} again={() => void refetch()} /> : <Skeleton active />;
  if (data.items.length === 0)
    return (
      <Panel>
        <Nothing text={words.none} />
      </Panel>
    );
  const standings = standingsOf(data.items);
  return data.items.map((version) => (
    <Panel
      key={version.id}
      title={`${words.number} ${version.number}`}
      extra={<StandingMark standing={standings.get(version.number) ?? 'past'} />}
    >
      <p className="soft under">
        {words.from} <Moment at={version.validFrom} />
        {version.note === null ? null : ` · ${version.note}`}
      </p>
      <ul className="lots">
        {version.rules.length === 0 ? <li>{words.none}</li> : null}
        {version.rules.map((rule) => (
          <RuleLine key={`${rule.storeId} ${rule.from} ${rule.until} ${rule.takes}`} rule={rule} />
        ))}
      </ul>
    </Panel>
  ));
}

function RuleLine({ rule }: { readonly rule: Version['rules'][number] }) {
  const words = useWords(acceptanceWords);
  const storeOr = useStoreOr();
  const { timezone } = useSession().merchant;
  const { storeId, takes, sellerIds, from, until } = rule;
  const store = storeId === null ? words.everyOther : storeOr(storeId);
  const dates = [
    from === null ? '' : civilDay(from, timezone),
    until === null ? '' : lastCivilDay(until, timezone),
  ];
  return (
    <li>
      <span>
        {words.ruleText(store, takes === 'own' ? words.ownOnly : words[takes])}
        {takes === 'list' ? `: ${sellerIds.map(storeOr).join(', ')}` : null}
      </span>
      <span className="soft moment">{from === null && until === null ? null : dates.join(' – ')}</span>
    </li>
  );
}
