import { Link, useParams } from '@tanstack/react-router';
import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import type { AnswerOf, ItemOf } from '../../api/client.ts';
import { useAsk } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { ScopeText } from '../bonus/Scope.tsx';
import {
  type Column,
  LastDay,
  Moment,
  Money,
  momentColumn,
  moneyColumn,
  textColumn,
} from '../kit/columns.tsx';

import { ListTable } from '../kit/ListTable.tsx';
import { MemberName } from '../kit/members.tsx';
import { Failed, Guarded, Nothing } from '../kit/Notes.tsx';
import { useStoreName } from '../kit/names.ts';
import { Page, Panel } from '../kit/Page.tsx';
import { Purse } from '../points/Purse.tsx';
import { RefundPurchase } from '../purchases/RefundPurchase.tsx';
import { eventWords } from '../records/events/words.ts';
import { AdjustWallet } from './AdjustWallet.tsx';
import { BalanceFigures } from './BalanceFigures.tsx';
import { RefundQuotes } from './RefundQuotes.tsx';
import { TopUpDialog } from './TopUpDialog.tsx';
import { valueWords } from './words.ts';

type Wallet = AnswerOf<'GET /v1/wallets/{memberId}'>;
type Entry = ItemOf<'GET /v1/wallets/{memberId}/history'>;

/** One member's wallet: what is on it and on which terms, what happened, and what would be paid back. */
export function WalletPage() {
  return (
    <Guarded by="wallets.read">
      <OneWallet />
    </Guarded>
  );
}

function OneWallet() {
  const words = useWords(valueWords);
  const { memberId } = useParams({ from: '/wallets/$memberId' });
  const mayTopUp = useMay('wallets.top_up');
  const mayKnow = useMay('members.read');
  const mayPoints = useMay('points.read');
  const [isToppingUp, setToppingUp] = useState(false);
  const { data, error, refetch } = useAsk('GET /v1/wallets/{memberId}', { params: { memberId } });
  if (!data)
    return (
      <Page title={words.title}>
        {error ? <Failed error={error} again={() => void refetch()} /> : <Skeleton active />}
      </Page>
    );
  return (
    <Page
      title={words.title}
      lead={<MemberName id={memberId} link={false} />}
      actions={
        <>
          {mayKnow ? (
            <Link to="/members/$id" params={{ id: memberId }}>
              <Button>{words.toMember}</Button>
            </Link>
          ) : null}
          <AdjustWallet memberId={memberId} currency={data.currency} />
          {mayTopUp ? (
            <Button type="primary" onClick={() => setToppingUp(true)}>
              {words.topUp}
            </Button>
          ) : null}
        </>
      }
    >
      <div className="columns">
        <div>
          <BalanceFigures wallet={data} />
          {data.balance === null ? null : (
            <>
              <RefundQuotes memberId={memberId} />
              <History memberId={memberId} />
            </>
          )}
        </div>
        <div>
          {data.balance === null ? null : <Lots wallet={data} />}
          {mayPoints ? <Purse memberId={memberId} /> : null}
        </div>
      </div>
      {isToppingUp ? <TopUpDialog memberId={memberId} onClose={() => setToppingUp(false)} /> : null}
    </Page>
  );
}

type Lot = Wallet['lots'][number];

/** What can be spent first comes first; what is released later, in that order. */
function byRelease(one: Lot, other: Lot): number {
  const from = ({ usableFrom }: Lot) => (usableFrom === null ? 0 : Date.parse(usableFrom));
  return from(one) - from(other) || one.kind.localeCompare(other.kind);
}

function Lots({ wallet: { lots } }: { readonly wallet: Wallet }) {
  const words = useWords(valueWords);
  return (
    <Panel title={words.lots}>
      <p className="soft small under">{words.lotsWhy}</p>
      {lots.length === 0 ? <Nothing text={words.noLots} /> : null}
      <ul className="lots">
        {lots.toSorted(byRelease).map((lot) => (
          <OneLot key={JSON.stringify({ ...lot, balance: 0 })} lot={lot} />
        ))}
      </ul>
    </Panel>
  );
}

function OneLot({
  lot: { kind, balance, currency, storeId, usableFrom, usableUntil, scope },
}: {
  readonly lot: Lot;
}) {
  const words = useWords(valueWords);
  const storeName = useStoreName();
  return (
    <li>
      <span>
        <span className={kind === 'principal' ? 'mark good' : 'mark'}>{words[kind]}</span>
        <div className="soft small">
          {usableFrom === null ? null : (
            <div>
              {words.usableFrom} <Moment at={usableFrom} day />
            </div>
          )}
          {usableUntil === null ? (
            words.never
          ) : (
            <>
              {words.usableUntil} <LastDay before={usableUntil} />
            </>
          )}
          {scope === null ? null : (
            <div>
              <ScopeText scope={scope} />
            </div>
          )}
          <div>{words.settledBy(storeId === null ? words.merchant : storeName(storeId))}</div>
        </div>
      </span>
      <Money amount={balance} currency={currency} />
    </li>
  );
}

function History({ memberId }: { readonly memberId: string }) {
  const words = useWords(valueWords);
  const mayRefund = useMay('checkout.refund');
  const [chosen, setChosen] = useState<Entry>();
  return (
    <>
      <div className="page-head second">
        <h2>{words.history}</h2>
      </div>
      <ListTable
        name="GET /v1/wallets/{memberId}/history"
        parts={{ params: { memberId } }}
        columns={useEntryColumns(mayRefund ? setChosen : undefined)}
        rowKey={({ id }) => id}
        filename="wallet-history"
        empty={<Nothing text={words.noHistory} />}
      />
      {chosen?.purchaseId ? (
        <RefundPurchase
          purchaseId={chosen.purchaseId}
          amount={-chosen.principal - chosen.bonus}
          currency={chosen.currency}
          onClose={() => setChosen(undefined)}
        />
      ) : null}
    </>
  );
}

function useEntryColumns(onGiveBack?: (entry: Entry) => void): readonly Column<Entry>[] {
  const words = useWords(valueWords);
  const events: Readonly<Record<string, string>> = useWords(eventWords);
  const storeName = useStoreName();
  const mayAudit = useMay('audit.read');
  const mayPurchase = useMay('checkout.read');
  const currencyOf = ({ currency }: Entry) => currency;
  const what = ({ type }: Entry) => events[type] ?? type;
  return [
    momentColumn({ key: 'when', title: words.when }, ({ createdAt }) => createdAt),
    {
      key: 'what',
      title: words.what,
      show: (entry) =>
        mayPurchase && entry.purchaseId !== null ? (
          <Link to="/purchases/$id" params={{ id: entry.purchaseId }}>
            {what(entry)}
          </Link>
        ) : mayAudit ? (
          <Link to="/audit/$id" params={{ id: entry.id }}>
            {what(entry)}
          </Link>
        ) : (
          what(entry)
        ),
      cell: what,
    },
    moneyColumn({ key: 'principal', title: words.principal }, ({ principal }) => principal, currencyOf),
    moneyColumn({ key: 'bonus', title: words.bonus }, ({ bonus }) => bonus, currencyOf),
    moneyColumn({ key: 'after', title: words.after }, ({ balanceAfter }) => balanceAfter, currencyOf),
    textColumn({ key: 'store', title: words.store }, ({ storeId }) =>
      storeId === null ? null : storeName(storeId),
    ),
    textColumn({ key: 'reference', title: words.reference }, ({ reference }) => reference),
    {
      key: 'verbs',
      title: '',
      show: (entry) =>
        onGiveBack && entry.purchaseId !== null ? (
          <Button type="link" size="small" onClick={() => onGiveBack(entry)}>
            {words.giveBack}
          </Button>
        ) : null,
      cell: () => null,
    },
  ];
}
