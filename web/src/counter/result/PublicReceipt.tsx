import { useParams } from '@tanstack/react-router';
import { useAsk } from '../../ui/asking.ts';
import { useTenderName } from '../../ui/cards/tenders.ts';
import { formatMoney } from '../../ui/money.ts';
import { formatCivil } from '../../ui/time.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { receiptWords } from '../words.ts';

/** A receipt as its paper shows it, for whoever has the link: nobody signs in to it. */
export function PublicReceipt() {
  const words = useWords(receiptWords);
  const tenderName = useTenderName();
  const language = useLanguage();
  const locale = localeOf(language);
  const { merchantId = '', token = '' } = useParams({ strict: false });
  const { data, error } = useAsk('GET /v1/public/{merchantId}/receipts/{token}', {
    params: { merchantId, token },
  });
  if (error && !data)
    return (
      <main className="app-body centred">
        <h1>{words.missing}</h1>
      </main>
    );
  if (!data) return <p className="app-body">{words.loading}…</p>;
  const { kind, currency, amount, balance, paid, tender, reference, store } = data;
  const { item, validThrough, bonus, maskedCode } = data;
  const money = (value: number) => formatMoney(value, currency, locale);
  const lines: (readonly [string, string] | undefined)[] = [
    item === null ? undefined : [words.item, item[language]],
    validThrough === null ? undefined : [words.validThrough, formatCivil(validThrough, locale)],
    [words.amount, money(amount)],
    bonus === null || bonus === 0 ? undefined : [words.bonus, money(bonus)],
    paid === null ? undefined : [words.paid, money(paid)],
    tender === null ? undefined : [words.tender, tenderName(tender)],
    balance === null ? undefined : [maskedCode === null ? words.left : words.balance, money(balance)],
    maskedCode === null ? undefined : [words.card, maskedCode],
    store === null ? undefined : [words.store, store.name],
    [words.time, data.localTime],
    reference === null ? undefined : [words.reference, reference],
  ];
  return (
    <main className="app-body centred">
      <div className="receipt">
        <h1>{data.merchantName}</h1>
        <p>{words[kind]}</p>
        <dl className="pairs">
          {lines
            .filter((line) => line !== undefined)
            .map(([label, value]) => (
              <div key={label}>
                <dt>{label}</dt>
                <dd>{value}</dd>
              </div>
            ))}
        </dl>
      </div>
    </main>
  );
}
