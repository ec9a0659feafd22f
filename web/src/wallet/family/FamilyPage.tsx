import type { AnswerOf } from '../../api/client.ts';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { formatMoney } from '../../ui/money.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { Titled } from '../kit/Titled.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { Why } from '../kit/Why.tsx';
import { useMerchant } from '../merchant.ts';
import { Members } from '../signin/Members.tsx';
import { EndButton } from './EndButton.tsx';
import { Given } from './Given.tsx';
import { InviteForm } from './InviteForm.tsx';
import { useLimitsText, whoIs } from './terms.ts';
import { familyWords } from './words.ts';

type Family = AnswerOf<'GET /v1/wallet/{slug}/family'>;

/** Whose balance I may pay from, and who may pay from mine. */
export function FamilyPage() {
  const words = useWords(familyWords);
  return (
    <>
      <Titled title={words.title} up="/balance" />
      <Members>
        <MyFamily />
      </Members>
    </>
  );
}

function MyFamily() {
  const words = useWords(familyWords);
  const { slug } = useMerchant();
  const { data, error, refetch } = useAsk('GET /v1/wallet/{slug}/family', { params: { slug } });
  if (!data) return <Waiting error={error} onAgain={refetch} />;
  const isOn = data.relativesMax > 0;
  return (
    <>
      <p className="soft">{isOn ? words.why : words.off}</p>
      {data.offers.map((offer) => (
        <Offer key={offer.id} offer={offer} />
      ))}
      {data.got.length > 0 ? <Got got={data.got} /> : null}
      {isOn || data.given.length > 0 ? <Given given={data.given} /> : null}
      {isOn ? <InviteForm isFull={data.given.length >= data.relativesMax} most={data.relativesMax} /> : null}
    </>
  );
}

function Offer({ offer }: { readonly offer: Family['offers'][number] }) {
  const words = useWords(familyWords);
  const limits = useLimitsText();
  const { slug } = useMerchant();
  const accept = useCommand('POST /v1/wallet/{slug}/family/{id}/accept');
  const decline = useCommand('POST /v1/wallet/{slug}/family/{id}/end');
  const params = { slug, id: offer.id };
  const isBusy = accept.isPending || decline.isPending;
  return (
    <section className="panel" aria-label={words.offers}>
      <strong>{words.offer(whoIs(offer.payer))}</strong>
      <p className="soft">{limits(offer)}</p>
      <Why error={accept.error ?? decline.error} />
      <div className="row">
        <button type="button" className="button" disabled={isBusy} onClick={() => decline.mutate({ params })}>
          {words.decline}
        </button>
        <button
          type="button"
          className="button accent"
          disabled={isBusy}
          onClick={() => accept.mutate({ params })}
        >
          {words.accept}
        </button>
      </div>
    </section>
  );
}

function Got({ got }: Pick<Family, 'got'>) {
  const words = useWords(familyWords);
  const limits = useLimitsText();
  const locale = localeOf(useLanguage());
  const { currency } = useMerchant();
  return (
    <section aria-labelledby="family-got" className="family">
      <h2 id="family-got">{words.got}</h2>
      {got.map((share) => (
        <div key={share.id} className="panel">
          <strong>{words.of(whoIs(share.payer))}</strong>
          <div className="between">
            <span className="soft">{words.spendable}</span>
            <strong className="figure">{formatMoney(share.spendable, currency, locale)}</strong>
          </div>
          <p className="soft">{limits(share)}</p>
          <EndButton
            id={share.id}
            action={words.leave}
            title={words.leaveTitle(whoIs(share.payer))}
            why={words.leaveWhy}
          />
        </div>
      ))}
      <p className="soft">{words.howTo}</p>
    </section>
  );
}
