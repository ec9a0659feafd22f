import { formatMoney } from '../../ui/money.ts';
import { percentText } from '../../ui/percent.ts';
import { useSession } from '../../ui/session.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { nameIn, useCategoryName, useProducts } from '../catalog/categories.ts';
import { LastDay, Moment } from '../kit/columns.tsx';
import { useStoreName } from '../kit/names.ts';
import { Facts } from '../kit/Page.tsx';
import { WideTable } from '../kit/WideTable.tsx';
import type { Scheme } from './terms.ts';
import { pointWords } from './words.ts';

const whole = 1_000_000;

/** Rules of points in words. */
export function SchemeFacts({ scheme }: { readonly scheme: Scheme }) {
  const words = useWords(pointWords);
  const locale = localeOf(useLanguage());
  const { currency } = useSession().merchant;
  const { earn, spend, ends, birthdayPpm, pendingDays, transfer, mostEarned, rules } = scheme;
  const money = (amount: number) => formatMoney(amount, currency, locale);
  const count = (points: number) => points.toLocaleString(locale);
  const lapse = `${words[ends.with]}${ends.later > 0 ? words.laterText(ends.later) : ''}`;
  return (
    <>
      <Facts
        items={[
          [
            words.earn,
            <span key="earn">
              {words.earnText(money(earn.amount), count(earn.points))}
              {birthdayPpm === whole ? null : ` · ${words.birthdayText(count(birthdayPpm / whole))}`}
              <div className="soft small">{words.earnNothing}</div>
            </span>,
          ],
          [words.mostEarned, count(mostEarned)],
          [words.pendingDays, words.pendingText(pendingDays)],
          [words.ends, lapse],
          [
            words.spend,
            spend === null
              ? words.spendNothing
              : words.spendText(count(spend.points), money(spend.worth), percentText(spend.billPpm)),
          ],
          [words.passing, transfer ? words.transfer : words.noTransfer],
        ]}
      />
      {rules.length === 0 ? null : (
        <>
          <h3 className="not-now">{words.rules}</h3>
          <RuleTable rules={rules} />
        </>
      )}
    </>
  );
}

function RuleTable({ rules }: Pick<Scheme, 'rules'>) {
  const words = useWords(pointWords);
  const language = useLanguage();
  const locale = localeOf(language);
  const storeName = useStoreName();
  const categoryName = useCategoryName();
  const products = useProducts();
  const productName = (id: string) => {
    const product = products.find((one) => one.id === id);
    return product ? nameIn(product, language) : id;
  };
  const whereOf = ({ productId, categoryId, storeId }: Scheme['rules'][number]) =>
    [
      ...(productId === null ? [] : [productName(productId)]),
      ...(categoryId === null ? [] : [categoryName(categoryId)]),
      ...(storeId === null ? [] : [storeName(storeId)]),
    ].join(' · ') || words.any;
  const howOf = ({ kind, ppm, points }: Scheme['rules'][number]) => {
    if (kind === 'none') return words.noPoints;
    return kind === 'each'
      ? words.ruleEach(points.toLocaleString(locale))
      : words.ruleTimes((ppm / whole).toLocaleString(locale));
  };
  return (
    <WideTable>
      <table className="diff">
        <tbody>
          {rules.map((rule, place) => (
            <tr key={String(place)}>
              <th scope="row">{whereOf(rule)}</th>
              <td>{howOf(rule)}</td>
              <td className="soft">
                {rule.from === null ? null : <Moment at={rule.from} day />}
                {rule.from === null && rule.until === null ? null : ' – '}
                {rule.until === null ? null : <LastDay before={rule.until} />}
              </td>
            </tr>
          ))}
        </tbody>
      </table>
    </WideTable>
  );
}
