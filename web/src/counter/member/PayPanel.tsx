import { type FormEvent, useState } from 'react';
import { type AnswerOf, ask, Refused } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { formatMoney, parseMoney } from '../../ui/money.ts';
import { signal } from '../../ui/phone/signals.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { useStore } from '../store.ts';
import { AmountField } from './AmountField.tsx';
import { useAttempt } from './attempt.ts';
import { Bad } from './Bad.tsx';
import type { MemberDeed, PanelProps } from './picture.ts';
import { memberWords } from './words.ts';

type Quote = AnswerOf<'POST /v1/purchase-quotes'>;
type Paid = AnswerOf<'POST /v1/purchases'>;
type Asked = { readonly price: number; readonly quote: Quote };

/** Takes what a basket comes to out of a member's wallet: first what is due, then the payment. */
export function PayPanel({ picture: { member, balance, currency, code }, onDone, onStale }: PanelProps) {
  const words = useWords(memberWords);
  const locale = localeOf(useLanguage());
  const store = useStore();
  const [text, setText] = useState('');
  const [asked, setAsked] = useState<Asked>();
  const [error, setError] = useState<unknown>(null);
  const { key, reference, renew, failed } = useAttempt('P');
  const deed = usePaidDeed(currency, balance === null);
  const buy = useCommand('POST /v1/purchases');
  const price = parseMoney(text, currency);
  const linesOf = (of: number) => [{ name: words.goods, price: of }];
  const quote = async (event: FormEvent) => {
    event.preventDefault();
    if (price === undefined) return;
    setError(null);
    const body = { storeId: store.id, memberId: member.id, lines: linesOf(price), code };
    try {
      setAsked({ price, quote: (await ask('POST /v1/purchase-quotes', { body })).body });
    } catch (problem) {
      setError(problem);
    }
  };
  const money = (amount: number) => formatMoney(amount, currency, locale);
  const offer = asked?.quote.byWallet;
  const pay = (due: number, of: number) => {
    const body = {
      storeId: store.id,
      memberId: member.id,
      reference,
      lines: linesOf(of),
      tenders: [{ kind: 'wallet' as const, amount: due, code }],
    };
    buy.mutate(
      { body, idempotencyKey: key },
      {
        onSuccess: ({ body: paid }) => {
          signal('good');
          setText('');
          setAsked(undefined);
          renew();
          onDone(deed(paid, reference));
        },
        onError: (problem) => {
          failed(problem);
          if (problem instanceof Refused && problem.code.startsWith('payment_code_')) onStale();
        },
      },
    );
  };
  const left = asked?.quote.balance;
  const most = offer?.walletMost ?? null;
  const isShort = offer && most !== null ? most < offer.due : false;
  const isBound = isShort && offer && left ? left.total >= offer.due : false;
  return (
    <form className="code-box" onSubmit={(event) => void quote(event)}>
      <AmountField
        value={text}
        onChange={(next) => {
          setText(next);
          setAsked(undefined);
        }}
      />
      <Bad error={error ?? buy.error} />
      {asked && offer ? (
        <>
          <p className="due">
            <span className="soft">
              {words.due}
              {offer.discount > 0 ? ` · ${words.off(money(offer.discount))}` : ''}
            </span>
            <strong>{money(offer.due)}</strong>
          </p>
          {isShort ? (
            <p className="note bad" role="alert">
              {isBound && most !== null ? words.bound(money(most)) : words.short}
            </p>
          ) : null}
          <button
            type="button"
            className="button main wide"
            disabled={buy.isPending || isShort}
            onClick={() => pay(offer.due, asked.price)}
          >
            {words.takeIt(money(offer.due))}
          </button>
        </>
      ) : (
        <button type="submit" className="button main wide" disabled={price === undefined || price <= 0}>
          {words.pay}
        </button>
      )}
    </form>
  );
}

/** Says what was paid: what is left on the wallet, where that is not hidden, and the points that came of it. */
function usePaidDeed(currency: string, isHidden: boolean) {
  const words = useWords(memberWords);
  const locale = localeOf(useLanguage());
  const store = useStore();
  const money = (amount: number) => formatMoney(amount, currency, locale);
  return (paid: Paid, reference: string): MemberDeed => ({
    title: words.paid,
    figure: money(paid.due),
    note: [
      ...(paid.balance === null || isHidden ? [] : [words.leftOn(money(paid.balance.total))]),
      ...(paid.earned > 0 ? [words.earned(paid.earned.toLocaleString(locale))] : []),
    ].join(' · '),
    entry: {
      id: paid.id,
      kind: 'purchase',
      at: paid.createdAt,
      amount: paid.due,
      currency,
      reference,
      storeId: store.id,
      balance: isHidden ? undefined : paid.balance?.total,
      tender: 'wallet',
    },
  });
}
