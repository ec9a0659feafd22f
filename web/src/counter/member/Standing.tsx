import { useState } from 'react';
import { discountText } from '../../ui/members/discount.ts';
import { formatMoney } from '../../ui/money.ts';
import { ScanButton } from '../../ui/phone/ScanButton.tsx';
import { formatCivil } from '../../ui/time.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import type { Picture } from './picture.ts';
import { memberWords } from './words.ts';

/** What a member has: money apart by kind, points, visits, card type and tier; a large balance only with their code. */
export function Standing({
  picture: { member, balance, currency, points, standing },
  onCode,
}: {
  readonly picture: Picture;
  /** Looks anew with a code; answers what is seen then. */
  readonly onCode: (code: string) => Promise<Picture | undefined>;
}) {
  const words = useWords(memberWords);
  const language = useLanguage();
  const locale = localeOf(language);
  const money = (amount: number) => formatMoney(amount, currency, locale);
  if (!balance) return <Hidden onCode={onCode} />;
  const isGood = standing.membership?.state === 'active' || standing.membership?.state === 'grace';
  const cardText = ({ plan, lastDay }: NonNullable<Picture['standing']['membership']>) =>
    `${plan.name[language]} ${isGood ? words.until(formatCivil(lastDay, locale)) : words.notGood}`;
  const off =
    standing.plan !== null && isGood ? discountText(standing.plan.discount.ppm, language) : undefined;
  const parts = [
    [words.principal, money(balance.principal)],
    [words.bonus, money(balance.bonus)],
    ...(balance.later > 0 ? [[words.later, money(balance.later)]] : []),
    [words.points, points.usable.toLocaleString(locale)],
    ...(points.pending > 0 ? [[words.pending, points.pending.toLocaleString(locale)]] : []),
    [words.visits, String(standing.visits)],
    ...(off === undefined ? [] : [[words.discount, off]]),
    ...(standing.tier ? [[words.tier, standing.tier.name[language]]] : []),
  ];
  return (
    <section className="summary member-summary">
      <div>
        <span className="soft">{words.canSpend}</span>
        <strong className="summary-balance">{money(balance.total)}</strong>
        <span className="soft mono">
          {member.phone}
          {member.cardNumber === null ? '' : ` · ${words.cardNumber} ${member.cardNumber}`}
        </span>
      </div>
      <ul className="plain-list member-parts">
        {parts.map(([name, value]) => (
          <li key={name}>
            <span className="soft">{name}</span> <span className="money">{value}</span>
          </li>
        ))}
      </ul>
      {standing.membership ? <p className="member-card">{cardText(standing.membership)}</p> : null}
    </section>
  );
}

/** Asks for the code on the member's phone, where the house shows no balance without. */
function Hidden({ onCode }: { readonly onCode: (code: string) => Promise<Picture | undefined> }) {
  const words = useWords(memberWords);
  const [code, setCode] = useState('');
  const [isOld, setOld] = useState(false);
  const show = (text: string) => {
    setOld(false);
    onCode(text).then(
      (seen) => setOld(seen?.balance === null),
      () => setOld(true),
    );
  };
  return (
    <form
      className="code-box"
      onSubmit={(event) => {
        event.preventDefault();
        show(code.trim());
      }}
    >
      <p className="note">{words.hidden}</p>
      <div className="field">
        <label htmlFor="member-code">{words.code}</label>
        <input
          id="member-code"
          className="input mono"
          autoComplete="off"
          value={code}
          onChange={({ target }) => setCode(target.value)}
        />
      </div>
      {isOld ? (
        <p className="note bad" role="alert">
          {words.codeOld}
        </p>
      ) : null}
      <button type="submit" className="button wide" disabled={code === ''}>
        {words.show}
      </button>
      <ScanButton onText={show} />
    </form>
  );
}
