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
import { PayerChoice } from './family/PayerChoice.tsx';
import { familyWords } from './family/words.ts';
import { useInView } from './inView.ts';
import type { MemberDeed, PanelProps } from './picture.ts';
import { memberWords } from './words.ts';

type Quote = AnswerOf<'POST /v1/purchase-quotes'>;
type Paid = AnswerOf<'POST /v1/purchases'>;
type Asked = { readonly price: number; readonly quote: Quote };

/** Takes what a basket comes to out of a member's wallet: first what is due, then the payment. */
export function PayPanel({ picture, onDone, onStale }: PanelProps) {
  const { member, currency, code, family } = picture;
  const words = useWords(memberWords);
  const store = useStore();
  const familyText = useWords(familyWords);
  const [text, setText] = useState('');
  const [payerId, setPayerId] = useState<string>();
  const [asked, setAsked] = useState<Asked>();
  const [error, setError] = useState<unknown>(null);
  const buying = useBuying(picture, onStale);
  const price = parseMoney(text, currency);
  // It may have ended since it was chosen.
  const wallet = family.find((one) => one.payerId === payerId);
  const quote = async (event: FormEvent) => {
    event.preventDefault();
    if (price === undefined) return;
    setError(null);
    const body = {
      storeId: store.id,
      memberId: member.id,
      payerId: wallet?.payerId,
      lines: [{ name: words.goods, price }],
      code,
    };
    try {
      setAsked({ price, quote: (await ask('POST /v1/purchase-quotes', { body })).body });
    } catch (problem) {
      setError(problem);
    }
  };
  const offer = asked?.quote.byWallet;
  const left = wallet ? wallet.spendable : asked?.quote.balance?.total;
  return (
    <form className="code-box" onSubmit={(event) => void quote(event)}>
      <PayerChoice
        family={family}
        chosen={wallet ?? null}
        onChoose={(chosen) => {
          setPayerId(chosen?.payerId);
          setAsked(undefined);
        }}
      />
      <AmountField
        value={text}
        onChange={(next) => {
          setText(next);
          setAsked(undefined);
        }}
      />
      <Bad error={error ?? buying.error} />
      {asked && offer ? (
        <Taking
          // What is said above pushes it down: it comes into view anew.
          key={buying.error === null ? 'due' : 'refused'}
          offer={offer}
          currency={currency}
          words={wallet ? familyText : words}
          left={left ?? null}
          isBusy={buying.isBusy}
          onTake={() =>
            buying.pay({ due: offer.due, price: asked.price, payerId: wallet?.payerId }, (done) => {
              setText('');
              setAsked(undefined);
              onDone(done);
            })
          }
        />
      ) : (
        <button type="submit" className="button main wide" disabled={price === undefined || price <= 0}>
          {words.pay}
        </button>
      )}
    </form>
  );
}

type Bill = { readonly due: number; readonly price: number; readonly payerId: string | undefined };

/** Pays a bill out of a wallet, once however often it is asked. */
function useBuying({ member, balance, currency, code }: PanelProps['picture'], onStale: () => void) {
  const words = useWords(memberWords);
  const store = useStore();
  const { key, reference, renew, failed } = useAttempt('P');
  const deed = usePaidDeed(currency, balance === null);
  const buy = useCommand('POST /v1/purchases');
  const pay = ({ due, price, payerId }: Bill, onPaid: (deed: MemberDeed) => void) => {
    const body = {
      storeId: store.id,
      memberId: member.id,
      reference,
      lines: [{ name: words.goods, price }],
      tenders: [{ kind: 'wallet' as const, amount: due, code, payerId }],
    };
    buy.mutate(
      { body, idempotencyKey: key },
      {
        onSuccess: ({ body: paid }) => {
          signal('good');
          renew();
          onPaid(deed(paid, reference, payerId !== undefined));
        },
        onError: (problem) => {
          failed(problem);
          if (problem instanceof Refused && problem.code.startsWith('payment_code_')) onStale();
        },
      },
    );
  };
  return { pay, error: buy.error, isBusy: buy.isPending };
}

type TakingProps = {
  readonly offer: NonNullable<Quote['byWallet']>;
  readonly currency: string;
  /** Of whose wallet it is. */
  readonly words: { readonly short: string; readonly takeIt: (amount: string) => string };
  /** What there is; null: nobody is told. */
  readonly left: number | null;
  readonly isBusy: boolean;
  readonly onTake: () => void;
};

/** What is due, and the button that takes it. */
function Taking({ offer, currency, words: { short, takeIt }, left, isBusy, onTake }: TakingProps) {
  const shown = useInView<HTMLDivElement>();
  const words = useWords(memberWords);
  const locale = localeOf(useLanguage());
  const money = (amount: number) => formatMoney(amount, currency, locale);
  const { due, walletMost: most } = offer;
  const isShort = most !== null && most < due;
  const isBound = isShort && left !== null && left >= due;
  return (
    <div ref={shown} className="code-box in-view">
      <p className="due">
        <span className="soft">
          {words.due}
          {offer.discount > 0 ? ` · ${words.off(money(offer.discount))}` : ''}
        </span>
        <strong>{money(due)}</strong>
      </p>
      {isShort ? (
        <p className="note bad" role="alert">
          {isBound ? words.bound(money(most)) : short}
        </p>
      ) : null}
      <button type="button" className="button main wide" disabled={isBusy || isShort} onClick={onTake}>
        {takeIt(money(due))}
      </button>
    </div>
  );
}

/** Says what was paid: what is left on the wallet, where that is not hidden, and the points that came of it. */
function usePaidDeed(currency: string, isHidden: boolean) {
  const words = useWords(memberWords);
  const family = useWords(familyWords);
  const locale = localeOf(useLanguage());
  const store = useStore();
  const money = (amount: number) => formatMoney(amount, currency, locale);
  return (paid: Paid, reference: string, byFamily: boolean): MemberDeed => ({
    title: words.paid,
    figure: money(paid.due),
    note: [
      ...(byFamily ? [family.paid] : []),
      ...(paid.balance === null || isHidden || byFamily ? [] : [words.leftOn(money(paid.balance.total))]),
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
      balance: isHidden || byFamily ? undefined : paid.balance?.total,
      tender: 'wallet',
    },
  });
}
