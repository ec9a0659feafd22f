import { type FormEvent, useState } from 'react';
import { ask, type BodyOf } from '../../../api/client.ts';
import { formatMoney, parseMoney } from '../../../ui/money.ts';
import { localeOf, useLanguage, useWords } from '../../../ui/words.ts';
import { useStore } from '../../store.ts';
import { AmountField } from '../AmountField.tsx';
import { Bad } from '../Bad.tsx';
import { PayerChoice } from '../family/PayerChoice.tsx';
import { familyWords } from '../family/words.ts';
import type { PanelProps } from '../picture.ts';
import { memberWords } from '../words.ts';
import { Basket, type Picked } from './Basket.tsx';
import type { Quote, Ways } from './bill.ts';
import { useBuying } from './buying.ts';
import { CouponChoice } from './CouponChoice.tsx';
import { Taking, usualWays } from './Taking.tsx';
import { payWords } from './words.ts';

/** Takes what a basket comes to: out of a wallet as far as that goes, by points, and the rest as any store is paid. */
export function PayPanel({ picture, onDone, onStale }: PanelProps) {
  const { member, currency, code, family } = picture;
  const words = useWords(memberWords);
  const payText = useWords(payWords);
  const familyText = useWords(familyWords);
  const store = useStore();
  const [text, setText] = useState('');
  const [picked, setPicked] = useState<readonly Picked[]>([]);
  const [payerId, setPayerId] = useState<string>();
  const buying = useBuying(picture, onStale);
  const price = text === '' && picked.length > 0 ? 0 : parseMoney(text, currency);
  // It may have ended since it was chosen.
  const wallet = family.find((one) => one.payerId === payerId);
  const lines = [
    ...picked.map(({ product: { sku }, quantity }) => ({ sku, quantity })),
    ...(price === undefined || price === 0 ? [] : [{ name: words.goods, price }]),
  ];
  const { quoted, ways, setWays, couponId, error, quote, anew } = useQuote({
    storeId: store.id,
    memberId: member.id,
    payerId: wallet?.payerId,
    lines,
    code,
  });
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (price !== undefined) void quote();
  };
  return (
    <form className="code-box" onSubmit={submit}>
      <PayerChoice
        family={family}
        chosen={wallet ?? null}
        onChoose={(chosen) => {
          setPayerId(chosen?.payerId);
          anew();
        }}
      />
      <Basket
        picked={picked}
        currency={currency}
        onPick={(next) => {
          setPicked(next);
          anew();
        }}
      />
      <AmountField
        label={picked.length > 0 ? payText.other : words.amount}
        value={text}
        onChange={(next) => {
          setText(next);
          anew();
        }}
      />
      <Bad error={error ?? buying.error} />
      {quoted && ways ? (
        <>
          <CouponChoice quote={quoted} chosen={couponId} onChoose={(id) => void quote(id)} />
          <Short
            quote={quoted}
            isFamily={wallet !== undefined}
            left={wallet ? wallet.spendable : (quoted.balance?.total ?? null)}
          />
          <Taking
            // What is said above pushes it down: it comes into view anew.
            key={buying.error === null ? 'due' : 'refused'}
            quote={quoted}
            ways={ways}
            onWays={setWays}
            said={wallet ? familyText : words}
            isBusy={buying.isBusy}
            onTake={(bill) =>
              buying.pay({ bill, rest: ways.rest, lines, couponId, payerId: wallet?.payerId }, (done) => {
                setText('');
                setPicked([]);
                anew();
                onDone(done);
              })
            }
          />
        </>
      ) : (
        <button type="submit" className="button main wide" disabled={lines.length === 0}>
          {words.pay}
        </button>
      )}
    </form>
  );
}

/** What a basket comes to and by what it is paid, until the basket is another. */
function useQuote(body: BodyOf<'POST /v1/purchase-quotes'>) {
  const [quoted, setQuoted] = useState<Quote>();
  const [ways, setWays] = useState<Ways>();
  const [error, setError] = useState<unknown>(null);
  const [couponId, setCouponId] = useState<string>();
  const quote = async (chosen?: string) => {
    setError(null);
    setCouponId(chosen);
    try {
      const { body: answer } = await ask('POST /v1/purchase-quotes', { body: { ...body, couponId: chosen } });
      setQuoted(answer);
      setWays(usualWays(answer));
    } catch (problem) {
      setError(problem);
    }
  };
  return { quoted, ways, setWays, couponId, error, quote, anew: () => setQuoted(undefined) };
}

type ShortProps = {
  readonly quote: Quote;
  readonly isFamily: boolean;
  /** What there is on the wallet; null: nobody is told. */
  readonly left: number | null;
};

/** Why a wallet pays none of it or only a part, where somebody might think that it pays all. */
function Short({ quote: { byWallet, otherwise, currency }, isFamily, left }: ShortProps) {
  const words = useWords(memberWords);
  const family = useWords(familyWords);
  const locale = localeOf(useLanguage());
  if (!byWallet || byWallet.walletMost === null || byWallet.walletMost >= byWallet.due) return null;
  const most = otherwise.walletMost ?? 0;
  const isBound = left !== null && left >= byWallet.due;
  if (isBound) return <p className="note">{words.bound(formatMoney(most, currency, locale))}</p>;
  return most > 0 ? null : <p className="note">{isFamily ? family.short : words.short}</p>;
}
