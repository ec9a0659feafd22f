import { Link, useNavigate } from '@tanstack/react-router';
import { useState } from 'react';
import { newKey, Refused } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { Icon } from '../../ui/icons.tsx';
import { formatMoney } from '../../ui/money.ts';
import { formatMoment } from '../../ui/time.ts';
import { localeOf, refusalText, useLanguage, useWords } from '../../ui/words.ts';
import { Waiting } from '../kit/Waiting.tsx';
import { Why } from '../kit/Why.tsx';
import { useMerchant } from '../merchant.ts';
import { Members } from '../signin/Members.tsx';
import { usePreview } from './preview.ts';
import { claimWords, giveWords } from './words.ts';

/** What a friend sees who opens the link: that it is a gift, then what it is, then it is theirs. */
export function ClaimPage() {
  const words = useWords(claimWords);
  // Read once: signing in, or another page, must not lose it.
  const [token] = useState(() => location.hash.slice(1));
  if (!/^[\w-]{43}$/.test(token))
    return (
      <div className="empty">
        <h1>{words.title}</h1>
        <p>{words.noToken}</p>
      </div>
    );
  return (
    <Members before={<Invited />}>
      <Offered token={token} />
    </Members>
  );
}

function Invited() {
  const words = useWords(claimWords);
  return (
    <section className="welcome">
      <Icon name="program" size={48} />
      <h2>{words.invited}</h2>
      <p>{words.invitedWhy}</p>
    </section>
  );
}

function Offered({ token }: { readonly token: string }) {
  const words = useWords(claimWords);
  const gifts = useWords(giveWords);
  const language = useLanguage();
  const locale = localeOf(language);
  const { slug, timezone, name } = useMerchant();
  const navigate = useNavigate();
  const { data: offered, error, refetch } = usePreview(slug, token);
  // One key until the outcome is known: asked again after a lost answer, it is the same claim.
  const [idempotencyKey] = useState(newKey);
  const claim = useCommand('POST /v1/wallet/{slug}/gifts/claim');
  const accept = () =>
    claim.mutate(
      { params: { slug }, body: { token }, idempotencyKey },
      {
        onSuccess: ({ body: { cardId } }) =>
          void navigate({ to: `/${slug}/cards/${cardId}`, replace: true, hash: '' }),
      },
    );
  if (error instanceof Refused && error.status < 500) return <Gone code={error.code} />;
  if (!offered) return <Waiting error={error} onAgain={refetch} />;
  return (
    <>
      <h1>{words.title}</h1>
      <div className="face face-1">
        <div className="face-row">
          <span className="face-name">{offered.program[language]}</span>
          <span>{name}</span>
        </div>
        <strong className="face-balance">{formatMoney(offered.balance, offered.currency, locale)}</strong>
        <span className="face-small">{gifts.until(formatMoment(offered.expiresAt, locale, timezone))}</span>
      </div>
      <p>{words.mine}</p>
      <button type="button" className="button main" disabled={claim.isPending} onClick={accept}>
        {claim.error ? words.claimAgain : words.claim}
      </button>
      <Why error={claim.error} />
    </>
  );
}

function Gone({ code }: { readonly code: string }) {
  const words = useWords(claimWords);
  const language = useLanguage();
  const { slug } = useMerchant();
  return (
    <div className="empty">
      <Icon name="program" size={48} />
      <h1>{code === 'gift_not_found' ? words.gone : refusalText(code, language)}</h1>
      <p className="soft">{words.goneWhy}</p>
      <Link to={`/${slug}`} className="button">
        {words.home}
      </Link>
    </div>
  );
}
