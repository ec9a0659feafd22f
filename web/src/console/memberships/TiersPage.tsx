import { Link } from '@tanstack/react-router';
import { Button, Skeleton, Table } from 'antd';
import { useAsk } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';
import { useLanguage, useWords } from '../../ui/words.ts';
import { momentColumn, textColumn } from '../kit/columns.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { Failed, Guarded, Nothing } from '../kit/Notes.tsx';
import { Facts, Page, Panel } from '../kit/Page.tsx';
import { WideTable } from '../kit/WideTable.tsx';
import { usePlans } from './choices.ts';
import { rateText, spanText } from './plan.ts';
import { type Ladder, type Tier, thresholdText } from './tier.ts';
import { planWords, tierWords } from './words.ts';

/** The tiers as they are now, and how they were before. */
export function TiersPage() {
  return (
    <Guarded by="members.read">
      <Tiers />
    </Guarded>
  );
}

function Tiers() {
  const words = useWords(tierWords);
  const may = useMay('memberships.plans');
  const { data, error, refetch } = useAsk('GET /v1/membership-tiers', { query: { limit: 1 } });
  const ladder = data?.items[0];
  const isSet = ladder !== undefined && ladder.tiers.length > 0;
  const edit = may ? (
    <Link to="/membership-tiers/edit">
      <Button type="primary">{isSet ? words.edit : words.setUp}</Button>
    </Link>
  ) : null;
  return (
    <Page title={words.title} lead={words.lead} actions={edit}>
      {error && !data ? <Failed error={error} again={() => void refetch()} /> : null}
      {!data && !error ? <Skeleton active /> : null}
      {data && !isSet ? (
        <Panel>
          <Nothing text={words.nothing} action={edit} />
        </Panel>
      ) : null}
      {isSet ? (
        <>
          <InForce ladder={ladder} />
          <div className="page-head second">
            <h2>{words.history}</h2>
          </div>
          <History />
        </>
      ) : null}
    </Page>
  );
}

function InForce({ ladder }: { readonly ladder: Ladder }) {
  const words = useWords(tierWords);
  const plan = useWords(planWords);
  const language = useLanguage();
  const plans = usePlans() ?? [];
  const { period, downgrade, currency } = ladder;
  const entryOf = ({ entry }: Tier) =>
    thresholdText(
      entry,
      plans.filter(({ id }) => entry.planIds.includes(id)),
      currency,
      language,
    ) || words.byHand;
  return (
    <>
      <Panel>
        <Facts
          items={[
            [words.period, period === null ? words.forEver : words.periodText(spanText(period, language))],
            ...(period === null
              ? []
              : ([[words.downgrade, downgrade === 'never' ? words.never_down : words[downgrade]]] as const)),
          ]}
        />
      </Panel>
      <Panel flush title={words.inForce} extra={<span className="soft small">{words.lowestFirst}</span>}>
        <WideTable>
          <Table<Tier>
            size="small"
            rowKey={({ code }) => code}
            pagination={false}
            dataSource={ladder.tiers}
            columns={[
              {
                title: words.tier,
                render: (_, { name, code }) => (
                  <>
                    <strong>{name[language]}</strong> <span className="soft mono small">{code}</span>
                  </>
                ),
              },
              { title: plan.discount, render: (_, { discount }) => rateText(discount.ppm, language) },
              {
                title: plan.walletDiscount,
                render: (_, { discount: { walletPpm } }) =>
                  walletPpm === null ? <span className="none">–</span> : rateText(walletPpm, language),
              },
              { title: words.entry, render: (_, tier) => entryOf(tier) },
              {
                title: words.keep,
                render: (_, { keep }) =>
                  thresholdText(keep, [], currency, language) || (
                    <span className="none">{period === null ? '–' : words.never}</span>
                  ),
              },
            ]}
          />
        </WideTable>
      </Panel>
    </>
  );
}

function History() {
  const words = useWords(tierWords);
  const language = useLanguage();
  return (
    <ListTable
      name="GET /v1/membership-tiers"
      parts={{}}
      columns={[
        textColumn<Ladder>({ key: 'number', title: words.number }, ({ number }) => String(number)),
        momentColumn<Ladder>({ key: 'since', title: words.since }, ({ createdAt }) => createdAt),
        textColumn<Ladder>({ key: 'tiers', title: words.title }, ({ tiers }) =>
          tiers
            .map(({ name, discount }) => `${name[language]} ${rateText(discount.ppm, language)}`)
            .join(' · '),
        ),
      ]}
      rowKey={({ number }) => String(number)}
      filename="membership-tiers"
    />
  );
}
