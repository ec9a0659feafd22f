import { useParams } from '@tanstack/react-router';
import { useAsk } from '../../ui/asking.ts';
import { tenderWords } from '../../ui/cards/words.ts';
import { formatMoney } from '../../ui/money.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { receiptWords } from '../words.ts';

/** A receipt as its paper shows it, for whoever has the link: nobody signs in to it. */
export function PublicReceipt() {
  const words = useWords(receiptWords);
  const tenders: Readonly<Record<string, string>> = useWords(tenderWords);
  const locale = localeOf(useLanguage());
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
  const money = (value: number) => formatMoney(value, currency, locale);
  const lines: (readonly [string, string] | undefined)[] = [
    [words.amount, money(amount)],
    paid === null ? undefined : [words.paid, money(paid)],
    tender === null ? undefined : [words.tender, tenders[tender] ?? tender],
    balance === null ? undefined : [words.balance, money(balance)],
    [words.card, data.maskedCode],
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
