import { Link, useParams } from '@tanstack/react-router';
import { Button, Skeleton, Table } from 'antd';
import { useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useAsk } from '../../ui/asking.ts';
import { useTenderName } from '../../ui/cards/tenders.ts';
import { useMay } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { Moment, Money } from '../kit/columns.tsx';
import { MemberName } from '../kit/members.tsx';
import { Failed, Guarded, Nothing } from '../kit/Notes.tsx';
import { useStoreName } from '../kit/names.ts';
import { Facts, Page, Panel } from '../kit/Page.tsx';
import { WideTable } from '../kit/WideTable.tsx';
import { RefundPurchase } from './RefundPurchase.tsx';
import { purchaseWords } from './words.ts';

type Purchase = AnswerOf<'GET /v1/purchases/{id}'>;
type Of = { readonly purchase: Purchase };

/** One purchase: what was bought, what paid, what it earned and what went back. */
export function PurchasePage() {
  return (
    <Guarded by="checkout.read">
      <OnePurchase />
    </Guarded>
  );
}

function OnePurchase() {
  const words = useWords(purchaseWords);
  const { id } = useParams({ from: '/purchases/$id' });
  const { data, error, refetch } = useAsk('GET /v1/purchases/{id}', { params: { id } });
  const mayRefund = useMay('checkout.refund');
  const [isRefunding, setRefunding] = useState(false);
  if (!data)
    return (
      <Page title={words.purchase}>
        {error ? <Failed error={error} again={() => void refetch()} /> : <Skeleton active />}
      </Page>
    );
  const refund =
    mayRefund && data.state !== 'refunded' ? (
      <Button type="primary" onClick={() => setRefunding(true)}>
        {words.giveBack}
      </Button>
    ) : undefined;
  return (
    <Page
      title={`${words.purchase} ${data.reference}`}
      lead={<Moment at={data.createdAt} />}
      actions={refund}
    >
      <div className="columns">
        <div>
          <Lines purchase={data} />
          <Refunds purchase={data} />
        </div>
        <div>
          <AboutIt purchase={data} />
          <Tenders purchase={data} />
        </div>
      </div>
      {isRefunding ? (
        <RefundPurchase
          purchaseId={id}
          amount={data.refundable}
          currency={data.currency}
          onClose={() => setRefunding(false)}
        />
      ) : null}
    </Page>
  );
}

function Lines({ purchase: { lines, currency, total, due } }: Of) {
  const words = useWords(purchaseWords);
  type Line = Purchase['lines'][number];
  const money = (amountOf: (line: Line) => number) => (_: unknown, line: Line) => (
    <Money amount={amountOf(line)} currency={currency} />
  );
  const off = ({ amount, due: paid }: Line) => paid - amount;
  return (
    <Panel title={words.lines}>
      <WideTable>
        <Table<Line>
          size="small"
          pagination={false}
          rowKey="index"
          dataSource={lines}
          columns={[
            {
              title: words.name,
              render: (_: unknown, { name, sku }) => (
                <>
                  {name} {sku === null ? null : <span className="soft mono small">{sku}</span>}
                </>
              ),
            },
            {
              title: words.quantity,
              align: 'right',
              render: (_: unknown, { quantity, returned }) => (
                <>
                  {quantity}
                  {returned === 0 ? null : <div className="soft small">{words.gone(returned)}</div>}
                </>
              ),
            },
            { title: words.price, align: 'right', render: money(({ price }) => price) },
            {
              title: words.discount,
              align: 'right',
              render: (_: unknown, line) =>
                off(line) === 0 ? (
                  <span className="none">–</span>
                ) : (
                  <Money amount={off(line)} currency={currency} />
                ),
            },
            { title: words.amount, align: 'right', render: money(({ due: paid }) => paid) },
          ]}
          summary={() => (
            <Table.Summary.Row>
              <Table.Summary.Cell index={0} colSpan={3}>
                {words.total}
              </Table.Summary.Cell>
              <Table.Summary.Cell index={3} align="right">
                {due === total ? null : <Money amount={due - total} currency={currency} />}
              </Table.Summary.Cell>
              <Table.Summary.Cell index={4} align="right">
                <strong>
                  <Money amount={due} currency={currency} />
                </strong>
              </Table.Summary.Cell>
            </Table.Summary.Row>
          )}
        />
      </WideTable>
    </Panel>
  );
}

function Refunds({ purchase: { refunds, currency, lines: bought } }: Of) {
  const words = useWords(purchaseWords);
  const tenderName = useTenderName();
  if (refunds.length === 0)
    return (
      <Panel title={words.refunds}>
        <Nothing text={words.noRefunds} />
      </Panel>
    );
  type Refund = Purchase['refunds'][number];
  return (
    <Panel title={words.refunds}>
      <WideTable>
        <Table<Refund>
          size="small"
          pagination={false}
          rowKey="id"
          dataSource={refunds}
          columns={[
            { title: words.when, render: (_: unknown, { createdAt }) => <Moment at={createdAt} /> },
            {
              title: words.amount,
              align: 'right',
              render: (_: unknown, { amount }) => <Money amount={amount} currency={currency} />,
            },
            {
              title: words.tender,
              render: (_: unknown, { tenders, pointsTaken }) => (
                <>
                  {tenders.map(({ tender, amount }) => (
                    <div key={tender}>
                      {tenderName(tender)} <Money amount={amount} currency={currency} />
                    </div>
                  ))}
                  {pointsTaken === 0 ? null : (
                    <div className="soft">
                      {words.pointsTaken} {pointsTaken}
                    </div>
                  )}
                </>
              ),
            },
            {
              title: words.reason,
              render: (_: unknown, { reason, lines }) => (
                <>
                  {reason}
                  {lines.map(({ line, quantity }) => (
                    <div key={line} className="soft small">
                      {bought[line]?.name} × {quantity}
                    </div>
                  ))}
                </>
              ),
            },
          ]}
        />
      </WideTable>
    </Panel>
  );
}

function AboutIt({ purchase }: Of) {
  const words = useWords(purchaseWords);
  const storeName = useStoreName();
  const mayAudit = useMay('audit.read');
  const mayWallet = useMay('wallets.read');
  const { memberId, storeId, earned, currency, returned, refundable, state, coupon, activityId } = purchase;
  return (
    <Panel title={words.facts}>
      <Facts
        items={[
          [words.member, memberId === null ? words.nobody : <MemberName key="member" id={memberId} />],
          [words.store, storeName(storeId)],
          ...(coupon === null ? [] : ([[words.coupon, coupon.name]] as const)),
          ...(earned === 0 ? [] : ([[words.earned, String(earned)]] as const)),
          [words.state, words[state]],
          ...(state === 'whole'
            ? []
            : ([
                [words.returned, <Money key="back" amount={returned} currency={currency} />],
                [words.left, <Money key="left" amount={refundable} currency={currency} />],
              ] as const)),
        ]}
      />
      <ul className="links">
        {memberId !== null && mayWallet ? (
          <li>
            <Link to="/wallets/$memberId" params={{ memberId }}>
              {words.toWallet}
            </Link>
          </li>
        ) : null}
        {mayAudit ? (
          <li>
            <Link to="/audit/$id" params={{ id: activityId }}>
              {words.toAudit}
            </Link>
          </li>
        ) : null}
      </ul>
    </Panel>
  );
}

function Tenders({ purchase: { tenders, currency } }: Of) {
  const words = useWords(purchaseWords);
  const tenderName = useTenderName();
  return (
    <Panel title={words.paid}>
      <ul className="lots">
        {tenders.map((one) => (
          <li key={tenders.indexOf(one)}>
            <span>
              {one.payerId === null ? tenderName(one.tender) : words.ofRelative}
              {one.reference === null ? null : <div className="soft mono small">{one.reference}</div>}
              {one.payerId === null ? null : (
                <div className="small">
                  <MemberName id={one.payerId} />
                </div>
              )}
            </span>
            <Money amount={one.amount} currency={currency} />
          </li>
        ))}
      </ul>
    </Panel>
  );
}
