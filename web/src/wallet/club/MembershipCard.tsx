import { Icon } from '../../ui/icons.tsx';
import { discountText } from '../../ui/members/discount.ts';
import { membershipWords } from '../../ui/members/words.ts';
import { formatMoney } from '../../ui/money.ts';
import { formatCivil, formatDay, formatLastDay } from '../../ui/time.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { useMerchant } from '../merchant.ts';
import type { Overview } from './overview.ts';
import { RenewOwn } from './RenewOwn.tsx';
import { clubWords } from './words.ts';

type Held = {
  readonly membership: NonNullable<Overview['membership']>;
  readonly plan: NonNullable<Overview['plan']>;
};

/** The card that I bought, or where to get one. */
export function MembershipCard({ overview }: { readonly overview: Overview }) {
  const words = useWords(clubWords);
  const { membership, plan, renewal } = overview;
  if (membership === null || plan === null)
    return (
      <div className="empty">
        <Icon name="card" size={48} />
        <p>{words.noCard}</p>
        <p className="soft">{words.noCardWhy}</p>
      </div>
    );
  return (
    <>
      <Face membership={membership} plan={plan} />
      <dl className="pairs">
        <Discounts discount={plan.discount} />
        {renewal === null ? null : <Renewing renewal={renewal} />}
      </dl>
      {renewal === null || membership.storeId === null ? null : <RenewOwn renewal={renewal} />}
    </>
  );
}

const dayMs = 86_400_000;

function Face({ membership, plan }: Held) {
  const words = useWords(clubWords);
  const states = useWords(membershipWords);
  const language = useLanguage();
  const { name } = useMerchant();
  const isOver = membership.state === 'ended' || membership.state === 'cancelled';
  const until = useUntil(membership);
  const days = Math.ceil((Date.parse(membership.validUntil) - Date.now()) / dayMs);
  return (
    <div className={`face face-3 ${isOver ? 'quiet' : ''}`}>
      <div className="face-row">
        <span className="face-name">{name}</span>
        <span className="face-state">{states[membership.state]}</span>
      </div>
      <strong className="face-plan">{plan.name[language]}</strong>
      <div className="face-row face-small face-parts">
        <span>{until}</span>
        {membership.state === 'active' ? <span>{words.daysLeft(days)}</span> : null}
      </div>
    </div>
  );
}

/** Until when it is good, or what else there is to say of when. */
function useUntil({ state, firstDay, lastDay, graceUntil, pausedUntil }: Held['membership']): string {
  const words = useWords(clubWords);
  const locale = localeOf(useLanguage());
  const { timezone } = useMerchant();
  if (state === 'scheduled') return words.began(formatCivil(firstDay, locale));
  if (state === 'grace') return words.grace(formatLastDay(graceUntil, locale, timezone));
  if (state === 'paused' && pausedUntil !== null)
    return words.paused(formatDay(pausedUntil, locale, timezone));
  return words.through(formatCivil(lastDay, locale));
}

function Discounts({ discount }: { readonly discount: Held['plan']['discount'] }) {
  const words = useWords(clubWords);
  const language = useLanguage();
  const { ppm, walletPpm, categories } = discount;
  return (
    <>
      <div>
        <dt>{words.discount}</dt>
        <dd>
          {discountText(ppm, language) ?? words.noDiscount}
          {categories.length > 0 ? <span className="soft under">{words.others}</span> : null}
        </dd>
      </div>
      {walletPpm === null || walletPpm === ppm ? null : (
        <div>
          <dt>{words.byWallet}</dt>
          <dd>{discountText(walletPpm, language) ?? words.noDiscount}</dd>
        </div>
      )}
    </>
  );
}

function Renewing({ renewal }: { readonly renewal: NonNullable<Overview['renewal']> }) {
  const words = useWords(clubWords);
  const locale = localeOf(useLanguage());
  const price = formatMoney(renewal.price, renewal.currency, locale);
  return (
    <div>
      <dt>{words.renew}</dt>
      <dd>{words.renewAt(price, formatCivil(renewal.lastDay, locale))}</dd>
    </div>
  );
}
