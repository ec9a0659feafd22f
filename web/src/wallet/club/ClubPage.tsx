import { Link } from '@tanstack/react-router';
import type { AnswerOf } from '../../api/client.ts';
import { useAsk } from '../../ui/asking.ts';
import { Icon } from '../../ui/icons.tsx';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { ownCouponWords } from '../coupons/words.ts';
import { Waiting } from '../kit/Waiting.tsx';
import { useMerchant } from '../merchant.ts';
import { Members } from '../signin/Members.tsx';
import { MembershipCard } from './MembershipCard.tsx';
import { Tier } from './Tier.tsx';
import { clubWords } from './words.ts';

/** What I am here: my card and how long it is good, my tier and how far the next one is, my points. */
export function ClubPage() {
  return (
    <Members>
      <Club />
    </Members>
  );
}

function Club() {
  const words = useWords(clubWords);
  const coupons = useWords(ownCouponWords);
  const { slug } = useMerchant();
  const standing = useAsk('GET /v1/wallet/{slug}/membership', { params: { slug } });
  const purse = useAsk('GET /v1/wallet/{slug}/points', { params: { slug } });
  if (!standing.data) return <Waiting error={standing.error} onAgain={standing.refetch} />;
  return (
    <>
      <h1>{words.title}</h1>
      <MembershipCard overview={standing.data} />
      <Link to={`/${slug}/club/code`} className="button main wide">
        <Icon name="nfc" /> {words.code}
      </Link>
      <Link to={`/${slug}/coupons`} className="button wide">
        <Icon name="gift" /> {coupons.see}
      </Link>
      {purse.data ? <Points purse={purse.data} /> : <Waiting error={purse.error} onAgain={purse.refetch} />}
      <Tier overview={standing.data} />
    </>
  );
}

function Points({ purse }: { readonly purse: AnswerOf<'GET /v1/wallet/{slug}/points'> }) {
  const words = useWords(clubWords);
  const locale = localeOf(useLanguage());
  const { slug } = useMerchant();
  const { usable, pending } = purse;
  return (
    <section aria-labelledby="points" className="panel">
      <div className="between">
        <h2 id="points">{words.points}</h2>
        <strong className="figure">{usable.toLocaleString(locale)}</strong>
      </div>
      {pending > 0 ? <p className="soft">{words.pending(pending.toLocaleString(locale))}</p> : null}
      <div className="row">
        <Link to={`/${slug}/points`} className="button">
          <Icon name="clock" /> {words.seePoints}
        </Link>
        <Link to={`/${slug}/points/gifts`} className="button">
          <Icon name="program" /> {words.takeGift}
        </Link>
      </div>
    </section>
  );
}
