import { type FormEvent, useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { formatDay } from '../../ui/time.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { Why } from '../kit/Why.tsx';
import { useMerchant } from '../merchant.ts';
import { frameWords } from '../words.ts';
import { EndButton } from './EndButton.tsx';
import { TermsFields } from './TermsFields.tsx';
import { termsOf, typedOf, useLimitsText, whoIs } from './terms.ts';
import { familyWords } from './words.ts';

type Share = AnswerOf<'GET /v1/wallet/{slug}/family'>['given'][number];

/** Whom I let pay, whom I have asked, and how much they may. */
export function Given({ given }: { readonly given: readonly Share[] }) {
  const words = useWords(familyWords);
  return (
    <section aria-labelledby="family-given" className="family">
      <h2 id="family-given">{words.given}</h2>
      {given.length === 0 ? <p className="soft">{words.nobody}</p> : null}
      {given.map((share) => (
        <GivenShare key={share.id} share={share} />
      ))}
    </section>
  );
}

function GivenShare({ share }: { readonly share: Share }) {
  const words = useWords(familyWords);
  const limits = useLimitsText();
  const locale = localeOf(useLanguage());
  const { timezone } = useMerchant();
  const [isChanging, setChanging] = useState(false);
  const { relative, phoneEnd, expiresAt } = share;
  const until = expiresAt === null ? '' : formatDay(expiresAt, locale, timezone);
  const who = relative ? whoIs(relative) : words.waits(phoneEnd ?? '', until);
  return (
    <div className="panel">
      <strong>{who}</strong>
      <p className="soft">{limits(share)}</p>
      {isChanging ? (
        <ChangeForm share={share} onDone={() => setChanging(false)} />
      ) : (
        <div className="row">
          <EndButton
            id={share.id}
            action={relative ? words.end : words.takeBack}
            title={words.endTitle(relative ? whoIs(relative) : `…${phoneEnd}`)}
            why={words.endWhy}
          />
          <button type="button" className="button" onClick={() => setChanging(true)}>
            {words.change}
          </button>
        </div>
      )}
    </div>
  );
}

function ChangeForm({ share, onDone }: { readonly share: Share; readonly onDone: () => void }) {
  const words = useWords(familyWords);
  const frame = useWords(frameWords);
  const { slug, currency } = useMerchant();
  const [typed, setTyped] = useState(() => typedOf(share, currency));
  const change = useCommand('PATCH /v1/wallet/{slug}/family/{id}');
  const terms = termsOf(typed, currency);
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (terms) change.mutate({ params: { slug, id: share.id }, body: terms }, { onSuccess: onDone });
  };
  return (
    <form className="code-box" onSubmit={save}>
      <TermsFields id={share.id} value={typed} onChange={setTyped} />
      <Why error={change.error} />
      <div className="row">
        <button type="button" className="button" onClick={onDone}>
          {frame.cancel}
        </button>
        <button type="submit" className="button accent" disabled={!terms || change.isPending}>
          {words.save}
        </button>
      </div>
    </form>
  );
}
