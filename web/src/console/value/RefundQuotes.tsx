import { Button, Form, Select, Skeleton } from 'antd';
import { useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { formatMoney } from '../../ui/money.ts';
import { useMay } from '../../ui/session.ts';
import { refundRuleWords, wayWords } from '../../ui/value/words.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { Moment, Money } from '../kit/columns.tsx';
import { ReasonField, TextField } from '../kit/fields.tsx';
import { Failed, Nothing } from '../kit/Notes.tsx';
import { Panel } from '../kit/Page.tsx';
import { RefundOrder } from '../payments/RefundOrder.tsx';
import { QuoteNotes } from './QuoteNotes.tsx';
import { valueWords } from './words.ts';

type Quote = AnswerOf<'POST /v1/wallet-refund-quotes'>['items'][number];

/** What is left of each top-up, by which rule it would go back and how much. */
export function RefundQuotes({ memberId }: { readonly memberId: string }) {
  const words = useWords(valueWords);
  const [chosen, setChosen] = useState<Quote>();
  const { data, error, refetch } = useAsk('POST /v1/wallet-refund-quotes', { body: { memberId } });
  return (
    <Panel title={words.refunds}>
      <p className="soft small under">{words.refundsWhy}</p>
      {error && !data ? <Failed error={error} again={() => void refetch()} /> : null}
      {data ? <QuoteList quotes={data.items} onChoose={setChosen} /> : error ? null : <Skeleton active />}
      {chosen ? (
        <PayBackDialog memberId={memberId} quote={chosen} onClose={() => setChosen(undefined)} />
      ) : null}
    </Panel>
  );
}

type ListProps = { readonly quotes: readonly Quote[]; readonly onChoose: (quote: Quote) => void };

function QuoteList({ quotes, onChoose }: ListProps) {
  const words = useWords(valueWords);
  const rules = useWords(refundRuleWords);
  const ways: Readonly<Record<string, string>> = useWords(wayWords);
  if (quotes.length === 0) return <Nothing text={words.nothingLeft} />;
  return (
    <ul className="quotes">
      {quotes.map((quote) => {
        const { topUpId, createdAt, tender, currency, paid, principal, bonus, rule } = quote;
        return (
          <li key={topUpId}>
            <span>
              <Moment at={createdAt} day /> · {ways[tender] ?? tender} · {words.paid}{' '}
              <Money amount={paid} currency={currency} />
              <div>
                {words.left} <Money amount={principal} currency={currency} />
                {bonus === 0 ? null : (
                  <>
                    {' '}
                    + {words.bonus} <Money amount={bonus} currency={currency} />
                  </>
                )}
              </div>
              <div className="soft small">
                {words.rule}: {rules[rule]}
              </div>
            </span>
            <PayBack quote={quote} onChoose={onChoose} />
          </li>
        );
      })}
    </ul>
  );
}

function PayBack({ quote, onChoose }: { readonly quote: Quote } & Pick<ListProps, 'onChoose'>) {
  const words = useWords(valueWords);
  const locale = localeOf(useLanguage());
  const may = useMay('wallets.refund');
  const mayOrders = useMay('payments.refund');
  const { refund, currency, paymentOrderId } = quote;
  const isAllowed = paymentOrderId === null ? may : mayOrders;
  if (!isAllowed || refund === 0) return <Money amount={refund} currency={currency} />;
  return (
    <Button onClick={() => onChoose(quote)}>
      {words.refundAmount(formatMoney(refund, currency, locale))}
    </Button>
  );
}

type Values = {
  readonly tender: string;
  readonly reference: string;
  readonly reason: string;
};
const tenders = ['cash', 'bank_card', 'wechat_pay', 'alipay', 'transfer'] as const;

type DialogProps = {
  readonly memberId: string;
  readonly quote: Quote;
  readonly onClose: () => void;
};

/** What was paid through a channel goes back through it, the rest as it was paid. */
function PayBackDialog(props: DialogProps) {
  const { quote, onClose } = props;
  if (quote.paymentOrderId === null) return <RefundDialog {...props} />;
  return <RefundOrder orderId={quote.paymentOrderId} currency={quote.currency} onClose={onClose} />;
}

function RefundDialog({ memberId, quote, onClose }: DialogProps) {
  const words = useWords(valueWords);
  const ways = useWords(wayWords);
  const locale = localeOf(useLanguage());
  const [used, setUsed] = useState<number>();
  const refund = useCommand('POST /v1/wallet-top-ups/{id}/refunds');
  const usedAtListPrice = used === undefined ? {} : { usedAtListPrice: used };
  const asked = useAsk('POST /v1/wallet-refund-quotes', { body: { memberId, ...usedAtListPrice } });
  const now = asked.data?.items.find(({ topUpId }) => topUpId === quote.topUpId) ?? quote;
  const money = formatMoney(now.refund, now.currency, locale);
  return (
    <ActionDialog<Values, unknown>
      title={words.refundAmount(money)}
      action={words.refundAmount(money)}
      danger
      initial={{ tender: tenders.find((tender) => tender === quote.tender) ?? 'cash' }}
      submit={({ tender, reference, reason }, idempotencyKey) =>
        refund.mutateAsync({
          params: { id: quote.topUpId },
          body: { amount: now.refund, payment: { tender, reference }, reason, ...usedAtListPrice },
          idempotencyKey,
        })
      }
      onClose={onClose}
    >
      <QuoteNotes quote={now} onUsed={setUsed} />
      <Form.Item name="tender" label={words.byRefund}>
        <Select
          disabled={tenders.some((tender) => tender === quote.tender)}
          options={tenders.map((value) => ({ value, label: ways[value] }))}
        />
      </Form.Item>
      <TextField name="reference" label={words.refundReference} max={64} />
      <ReasonField max={200} />
    </ActionDialog>
  );
}
