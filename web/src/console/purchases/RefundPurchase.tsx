import { Button, Form, InputNumber, Segmented, Skeleton } from 'antd';
import { useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { useTenderName } from '../../ui/cards/tenders.ts';
import { decimalText, parseMoney } from '../../ui/money.ts';
import { linesOf, openLines, type Pieces, usualPieces } from '../../ui/purchases/pieces.ts';
import { useMay } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { Money } from '../kit/columns.tsx';
import { MoneyField, ReasonField } from '../kit/fields.tsx';
import { ErrorNote } from '../kit/Notes.tsx';
import { purchaseWords, refundWords } from './words.ts';

type Props = {
  readonly purchaseId: string;
  /** What is offered to go back as a sum. */
  readonly amount: number;
  readonly currency: string;
  readonly onClose: () => void;
};
type Line = AnswerOf<'GET /v1/purchases/{id}'>['lines'][number];
type Values = { readonly amount: string; readonly reason: string };
type Way = 'lines' | 'amount';

/** Gives goods or a sum of a purchase back to what paid for it; how much that is, the server says. */
export function RefundPurchase({ purchaseId: id, amount, currency, onClose }: Props) {
  const words = useWords(refundWords);
  const mayRead = useMay('checkout.read');
  const refund = useCommand('POST /v1/purchases/{id}/refunds');
  const { data } = useAsk('GET /v1/purchases/{id}', { params: { id } }, { enabled: mayRead });
  const [chosen, setChosen] = useState<Way>('lines');
  const [picked, setPicked] = useState<Pieces>();
  const open = openLines(data?.lines ?? []);
  const pieces = picked ?? usualPieces(open);
  const way = mayRead && (data === undefined || open.length > 0) ? chosen : 'amount';
  return (
    <ActionDialog<Values, unknown>
      title={words.title}
      action={words.giveBack}
      danger
      initial={{ amount: decimalText(amount, currency) }}
      submit={({ amount: typed, reason }, idempotencyKey) => {
        const what =
          way === 'lines' ? { lines: linesOf(pieces) } : { amount: parseMoney(typed, currency) ?? 0 };
        return refund.mutateAsync({ params: { id }, body: { ...what, reason }, idempotencyKey });
      }}
      onClose={onClose}
    >
      {open.length === 0 ? null : (
        <Form.Item>
          <Segmented<Way>
            aria-label={words.how}
            value={way}
            onChange={setChosen}
            options={[
              { value: 'lines', label: words.byLines },
              { value: 'amount', label: words.byAmount },
            ]}
          />
        </Form.Item>
      )}
      {way === 'amount' ? (
        <MoneyField name="amount" currency={currency} hint={words.lastPaidFirst} />
      ) : data === undefined ? (
        <Skeleton active />
      ) : (
        <>
          <Form.Item
            name="lines"
            rules={[
              {
                validator: () =>
                  linesOf(pieces).length > 0 ? Promise.resolve() : Promise.reject(new Error(words.choose)),
              },
            ]}
          >
            <LineChoice lines={open} currency={currency} pieces={pieces} onPieces={setPicked} />
          </Form.Item>
          <WhatGoesBack id={id} pieces={pieces} currency={currency} />
        </>
      )}
      <ReasonField />
    </ActionDialog>
  );
}

type ChoiceProps = {
  readonly lines: readonly Line[];
  readonly currency: string;
  readonly pieces: Pieces;
  readonly onPieces: (pieces: Pieces) => void;
};

function LineChoice({ lines, currency, pieces, onPieces }: ChoiceProps) {
  const words = useWords(refundWords);
  return (
    <ul className="lots">
      {lines.map(({ index, name, quantity, returned, due }) => {
        const left = quantity - returned;
        const take = (many: number) => onPieces(new Map([...pieces, [index, many]]));
        return (
          <li key={index}>
            <span>
              {name}
              <div className="soft small">
                <Money amount={due} currency={currency} /> · {words.pieces(quantity)}
                {returned === 0 ? null : <> · {words.gone(returned)}</>}
              </div>
            </span>
            <span className="pieces">
              <InputNumber
                aria-label={words.piecesOf(name)}
                min={0}
                max={left}
                precision={0}
                value={pieces.get(index) ?? 0}
                onChange={(many) => take(many ?? 0)}
              />
              <Button size="small" type="link" onClick={() => take(left)}>
                {words.all}
              </Button>
            </span>
          </li>
        );
      })}
    </ul>
  );
}

type QuoteProps = { readonly id: string; readonly pieces: Pieces; readonly currency: string };

/** What the chosen pieces come to, and what it goes back to. */
function WhatGoesBack({ id, pieces, currency }: QuoteProps) {
  const words = useWords(refundWords);
  const { pointsTaken } = useWords(purchaseWords);
  const tenderName = useTenderName();
  const lines = linesOf(pieces);
  const isAsked = lines.length > 0;
  const { data, error } = useAsk(
    'POST /v1/purchases/{id}/refund-quotes',
    { params: { id }, body: { lines } },
    { enabled: isAsked },
  );
  if (!isAsked) return null;
  if (error) return <ErrorNote error={error} />;
  if (!data) return <Skeleton active paragraph={{ rows: 1 }} />;
  return (
    <p role="status" className="under">
      {words.comesTo}{' '}
      <strong>
        <Money amount={data.amount} currency={currency} />
      </strong>
      {data.tenders.map(({ tender, amount }) => (
        <span key={tender} className="soft">
          {' '}
          · {tenderName(tender)} <Money amount={amount} currency={currency} />
        </span>
      ))}
      {data.pointsTaken === 0 ? null : (
        <span className="soft">
          {' '}
          · {pointsTaken} {data.pointsTaken}
        </span>
      )}
    </p>
  );
}
