import { Alert, Form } from 'antd';
import { useEffect } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { couponWords } from '../../ui/coupons/words.ts';
import { formatMoney, parseMoney } from '../../ui/money.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { MoneyField } from '../kit/fields.tsx';
import { valueWords } from './words.ts';

type Quote = Pick<
  AnswerOf<'POST /v1/wallet-refund-quotes'>['items'][number],
  'bonus' | 'points' | 'coupons' | 'currency' | 'rule'
>;
type Props = {
  readonly quote: Quote;
  /** What was had for it at list price, as it is typed; the quote follows it. */
  readonly onUsed: (amount: number | undefined) => void;
};

/** What ends with what goes back, and, where the rule asks for it, what was had for it. */
export function QuoteNotes({ quote, onUsed }: Props) {
  const words = useWords(valueWords);
  const locale = localeOf(useLanguage());
  const coupons = useWords(couponWords);
  const { bonus, points, currency, rule } = quote;
  return (
    <>
      {bonus === 0 ? null : (
        <Alert
          className="explain"
          type="warning"
          title={words.bonusEnds(formatMoney(bonus, currency, locale))}
        />
      )}
      {points === 0 ? null : (
        <Alert className="explain" type="warning" title={words.pointsBack(points.toLocaleString(locale))} />
      )}
      {quote.coupons === 0 ? null : (
        <Alert className="explain" type="warning" title={coupons.takes(quote.coupons)} />
      )}
      {rule === 'list_price' ? <UsedField currency={currency} onUsed={onUsed} /> : null}
    </>
  );
}

type UsedProps = Pick<Props, 'onUsed'> & { readonly currency: string };

function UsedField({ currency, onUsed }: UsedProps) {
  const words = useWords(valueWords);
  const form = Form.useFormInstance<{ used?: string }>();
  const typed = Form.useWatch('used', form) ?? '';
  const amount = typed === '' ? undefined : parseMoney(typed, currency);
  useEffect(() => onUsed(amount), [amount, onUsed]);
  return (
    <MoneyField name="used" label={words.used} hint={words.usedWhy} currency={currency} optional orNothing />
  );
}
