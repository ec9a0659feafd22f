import { useState } from 'react';
import { discountText } from '../../ui/members/discount.ts';
import { formatMoney } from '../../ui/money.ts';
import { ScanButton } from '../../ui/phone/ScanButton.tsx';
import { formatCivil } from '../../ui/time.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import type { Picture } from './picture.ts';
import { memberWords } from './words.ts';

type Props = {
  readonly picture: Picture;
  /** Looks anew with a code; answers what is seen then. */
  readonly onCode: (code: string) => Promise<Picture | undefined>;
};

/** What a member has: money apart by kind, points, visits, card type and tier; of a large balance only with their code. */
export function Standing({ picture, onCode }: Props) {
  const words = useWords(memberWords);
  const partsOf = useParts();
  const { member, balance, standing } = picture;
  return (
    <>
      <section className="summary member-summary">
        <div>
          <Balance picture={picture} />
          <span className="soft mono">
            {member.phone}
            {member.cardNumber === null ? '' : ` · ${words.cardNumber} ${member.cardNumber}`}
          </span>
        </div>
        <ul className="plain-list member-parts">
          {partsOf(picture).map(([name, value]) => (
            <li key={name}>
              <span className="soft">{name}</span> <span className="money">{value}</span>
            </li>
          ))}
        </ul>
        {standing.membership ? <CardLine membership={standing.membership} /> : null}
      </section>
      {balance === null ? <Hidden onCode={onCode} /> : null}
    </>
  );
}

function Balance({ picture: { balance, currency } }: Pick<Props, 'picture'>) {
  const words = useWords(memberWords);
  const locale = localeOf(useLanguage());
  if (balance === null) return null;
  return (
    <>
      <span className="soft">{words.canSpend}</span>
      <strong className="summary-balance">{formatMoney(balance.total, currency, locale)}</strong>
    </>
  );
}

type Membership = NonNullable<Picture['standing']['membership']>;
const isGood = (membership: Membership | null) =>
  membership?.state === 'active' || membership?.state === 'grace';

function CardLine({ membership }: { readonly membership: Membership }) {
  const words = useWords(memberWords);
  const language = useLanguage();
  const until = words.until(formatCivil(membership.lastDay, localeOf(language)));
  return (
    <p className="member-card">
      {membership.plan.name[language]} {isGood(membership) ? until : words.notGood}
    </p>
  );
}

/** Names and values, each apart. Where the balance is hidden, so are the points. */
function useParts(): (picture: Picture) => readonly (readonly [string, string])[] {
  const words = useWords(memberWords);
  const language = useLanguage();
  const locale = localeOf(language);
  return ({ balance, currency, points, standing }) => {
    const money = (amount: number) => formatMoney(amount, currency, locale);
    const held: readonly (readonly [string, string])[] =
      balance === null
        ? []
        : [
            [words.principal, money(balance.principal)],
            [words.bonus, money(balance.bonus)],
            ...(balance.later > 0 ? [[words.later, money(balance.later)] as const] : []),
            [words.points, points.usable.toLocaleString(locale)],
            ...(points.pending > 0 ? [[words.pending, points.pending.toLocaleString(locale)] as const] : []),
          ];
    const off =
      standing.plan !== null && isGood(standing.membership)
        ? discountText(standing.plan.discount.ppm, language)
        : undefined;
    return [
      ...held,
      [words.visits, String(standing.visits)],
      ...(off === undefined ? [] : [[words.discount, off] as const]),
      ...(standing.tier ? [[words.tier, standing.tier.name[language]] as const] : []),
    ];
  };
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
