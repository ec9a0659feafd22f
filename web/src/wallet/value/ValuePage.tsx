import { Link } from '@tanstack/react-router';
import type { AnswerOf } from '../../api/client.ts';
import { useAsk } from '../../ui/asking.ts';
import { Icon } from '../../ui/icons.tsx';
import { formatMoney } from '../../ui/money.ts';
import { formatDay, formatLastDay } from '../../ui/time.ts';
import { type Language, localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { entriesAtOnce, HistoryList } from '../kit/HistoryList.tsx';
import { usePages } from '../kit/paging.ts';
import { Waiting } from '../kit/Waiting.tsx';
import { useMerchant } from '../merchant.ts';
import { Members } from '../signin/Members.tsx';
import { entryWords, valueWords } from './words.ts';

type Value = AnswerOf<'GET /v1/wallet/{slug}/stored-value'>;

/** What I have prepaid: how much, of what kind, when it ends, and what happened to it. */
export function ValuePage() {
  return (
    <Members>
      <MyValue />
    </Members>
  );
}

function MyValue() {
  const words = useWords(valueWords);
  const { slug } = useMerchant();
  const { data, error, refetch } = useAsk('GET /v1/wallet/{slug}/stored-value', { params: { slug } });
  if (!data) return <Waiting error={error} onAgain={refetch} />;
  return (
    <>
      <h1>{words.title}</h1>
      <Face value={data} />
      <Link to={`/${slug}/top-up`} className="button main wide">
        <Icon name="sell" /> {words.topUp}
      </Link>
      <FamilyLink />
      <Parts value={data} />
      <History />
    </>
  );
}

/** The way to who shares, where the merchant lets anybody share. */
function FamilyLink() {
  const words = useWords(valueWords);
  const { slug } = useMerchant();
  const { data } = useAsk('GET /v1/wallet/{slug}/family', { params: { slug } });
  if (!data || (data.relativesMax === 0 && data.given.length === 0)) return null;
  return (
    <Link to={`/${slug}/balance/family`} className="button wide">
      <Icon name="people" /> {words.family}
      {data.offers.length > 0 ? <span className="count">{data.offers.length}</span> : null}
    </Link>
  );
}

function useMoney() {
  const locale = localeOf(useLanguage());
  const { currency } = useMerchant();
  return (amount: number) => formatMoney(amount, currency, locale);
}

function Face({ value: { balance } }: { readonly value: Value }) {
  const words = useWords(valueWords);
  const money = useMoney();
  const { name } = useMerchant();
  const { principal, bonus, later, total } = balance;
  return (
    <div className="face">
      <div className="face-row">
        <span className="face-name">{name}</span>
        <span className="face-state">{words.canSpend}</span>
      </div>
      <strong className="face-balance">{money(total)}</strong>
      <div className="face-row face-small face-parts">
        <span>
          {words.principal} {money(principal)}
        </span>
        <span>
          {words.bonus} {money(bonus)}
        </span>
        {later > 0 ? (
          <span>
            {words.later} {money(later)}
          </span>
        ) : null}
      </div>
    </div>
  );
}

/** Only where something ends, is bound or is still to come: else the face says it all. */
function Parts({ value: { lots } }: { readonly value: Value }) {
  const words = useWords(valueWords);
  const money = useMoney();
  const locale = localeOf(useLanguage());
  const { timezone } = useMerchant();
  const language = useLanguage();
  if (lots.every(({ usableFrom, usableUntil, scope }) => !usableFrom && !usableUntil && !scope)) return null;
  const whenOf = ({ usableFrom, usableUntil }: Value['lots'][number]) => {
    const end =
      usableUntil === null ? words.forever : words.through(formatLastDay(usableUntil, locale, timezone));
    return usableFrom === null ? end : `${words.from(formatDay(usableFrom, locale, timezone))} · ${end}`;
  };
  return (
    <section aria-labelledby="parts">
      <h2 id="parts">{words.parts}</h2>
      <ul className="plain-list lines">
        {lots.map((lot) => (
          <li key={JSON.stringify({ ...lot, balance: 0 })}>
            <span>{words[lot.kind]}</span>
            <span className="money">{money(lot.balance)}</span>
            <span className="soft line-when">{whenOf(lot)}</span>
            {lot.scope === null ? null : (
              <span className="soft line-when">{boundsOf(lot.scope, language)}</span>
            )}
          </li>
        ))}
      </ul>
    </section>
  );
}

function boundsOf(
  { stores, goods }: NonNullable<Value['lots'][number]['scope']>,
  language: Language,
): string {
  const words = valueWords[language];
  const list = (names: readonly string[]) => names.join(language === 'zh' ? '、' : ', ');
  const named = goods.map(({ zh, en }) => (language === 'en' ? (en ?? zh) : zh));
  return words.only([
    ...(named.length === 0 ? [] : [words.onlyGoods(list(named))]),
    ...(stores.length === 0 ? [] : [words.onlyStores(list(stores))]),
  ]);
}

function History() {
  const words = useWords(valueWords);
  const names: Readonly<Record<string, string>> = useWords(entryWords);
  const money = useMoney();
  const { slug } = useMerchant();
  const pages = usePages('GET /v1/wallet/{slug}/stored-value/history', (cursor) => ({
    params: { slug },
    query: { limit: entriesAtOnce, ...(cursor === undefined ? {} : { cursor }) },
  }));
  return (
    <HistoryList
      pages={pages}
      icon="sell"
      words={words}
      lineOf={({ type, amount, bonus, balanceAfter, occurredAt, store, paidBy }) => ({
        what: names[type] ?? type,
        change: amount,
        text: money(amount),
        at: occurredAt,
        more: [
          ...(paidBy === null ? [] : [words.paidBy(paidBy.name ?? paidBy.phone)]),
          ...(store === null ? [] : [store]),
          ...(bonus === 0 ? [] : [words.bonusPart(money(Math.abs(bonus)))]),
          words.after(money(balanceAfter)),
        ],
      })}
    />
  );
}
