import { useState } from 'react';
import { ask, type ItemOf } from '../../../api/client.ts';
import { useAsk } from '../../../ui/asking.ts';
import { formatMoney } from '../../../ui/money.ts';
import { ScanButton } from '../../../ui/phone/ScanButton.tsx';
import { useMay } from '../../../ui/session.ts';
import { type Language, localeOf, useLanguage, useWords } from '../../../ui/words.ts';
import { Bad } from '../Bad.tsx';
import { payWords } from './words.ts';

type Product = ItemOf<'GET /v1/products'>;
/** A product in the basket, and how many pieces of it. */
export type Picked = { readonly product: Product; readonly quantity: number };
type Props = {
  readonly picked: readonly Picked[];
  readonly currency: string;
  readonly onPick: (picked: readonly Picked[]) => void;
};

const shownMost = 6;
const nameIn = ({ name }: Product, language: Language) =>
  language === 'en' ? (name.en ?? name.zh) : name.zh;

/** The goods that somebody buys, scanned or found by number or name; nothing where the house sells none by the piece. */
export function Basket({ picked, currency, onPick }: Props) {
  const mayRead = useMay('catalog.read');
  const some = useAsk('GET /v1/products', { query: { state: 'sold', limit: 1 } }, { enabled: mayRead });
  if (some.data === undefined || some.data.items.length === 0) return null;
  const put = (product: Product, change: number) => {
    const before = picked.find((one) => one.product.id === product.id);
    const quantity = (before?.quantity ?? 0) + change;
    const after = { product, quantity };
    if (!before) onPick([...picked, after]);
    else onPick(picked.map((one) => (one === before ? after : one)).filter((one) => one.quantity > 0));
  };
  return (
    <>
      <FindGoods onFound={(product) => put(product, 1)} />
      <Lines picked={picked} currency={currency} onChange={put} />
    </>
  );
}

function FindGoods({ onFound }: { readonly onFound: (product: Product) => void }) {
  const words = useWords(payWords);
  const language = useLanguage();
  const [text, setText] = useState('');
  const [found, setFound] = useState<readonly Product[]>();
  const [error, setError] = useState<unknown>(null);
  const pick = (product: Product) => {
    setText('');
    setFound(undefined);
    onFound(product);
  };
  const find = async (typed: string) => {
    if (typed === '') return;
    setError(null);
    try {
      const bySku = await ask('GET /v1/products', { query: { state: 'sold', sku: typed, limit: 1 } });
      const [exact] = bySku.body.items;
      if (exact) return pick(exact);
      const byName = await ask('GET /v1/products', {
        query: { state: 'sold', words: typed, limit: shownMost },
      });
      const [only, ...more] = byName.body.items;
      if (only && more.length === 0) pick(only);
      else setFound(byName.body.items);
    } catch (problem) {
      setError(problem);
    }
  };
  return (
    <>
      <div className="field">
        <label htmlFor="member-goods">{words.goods}</label>
        <div className="row find-goods">
          <input
            id="member-goods"
            className="input grow"
            autoComplete="off"
            value={text}
            onChange={({ target }) => {
              setText(target.value);
              setFound(undefined);
            }}
            onKeyDown={(event) => {
              if (event.key !== 'Enter' || event.nativeEvent.isComposing) return;
              // What a scanner ends with puts the goods into the basket; it does not take the payment.
              event.preventDefault();
              void find(text.trim());
            }}
          />
          <button type="button" className="button" onClick={() => void find(text.trim())}>
            {words.find}
          </button>
          <ScanButton small onText={(code) => void find(code)} />
        </div>
      </div>
      <Bad error={error} />
      {found === undefined ? null : found.length === 0 ? (
        <p className="note" role="status">
          {words.noGoods}
        </p>
      ) : (
        <fieldset className="choices" aria-label={words.goods}>
          {found.map((product) => (
            <button key={product.id} type="button" className="choice" onClick={() => pick(product)}>
              {nameIn(product, language)}
            </button>
          ))}
        </fieldset>
      )}
    </>
  );
}

type LinesProps = {
  readonly picked: readonly Picked[];
  readonly currency: string;
  readonly onChange: (product: Product, change: number) => void;
};

function Lines({ picked, currency, onChange }: LinesProps) {
  const words = useWords(payWords);
  const language = useLanguage();
  if (picked.length === 0) return null;
  return (
    <ul className="plain-list basket">
      {picked.map(({ product, quantity }) => {
        const name = nameIn(product, language);
        return (
          <li key={product.id}>
            <span className="grow">
              {name}
              <span className="soft"> {formatMoney(product.price, currency, localeOf(language))}</span>
            </span>
            <button
              type="button"
              className="choice"
              aria-label={words.fewer(name)}
              onClick={() => onChange(product, -1)}
            >
              −
            </button>
            <output className="money">{quantity}</output>
            <button
              type="button"
              className="choice"
              aria-label={words.more(name)}
              onClick={() => onChange(product, 1)}
            >
              +
            </button>
          </li>
        );
      })}
    </ul>
  );
}
