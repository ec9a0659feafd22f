import { type FormEvent, useState } from 'react';
import { useCommand } from '../../ui/asking.ts';
import { formatMoment } from '../../ui/time.ts';
import { localeOf, useLanguage, useWords } from '../../ui/words.ts';
import { More } from '../kit/More.tsx';
import { usePages } from '../kit/paging.ts';
import { Titled } from '../kit/Titled.tsx';
import { Waiting } from '../kit/Waiting.tsx';
import { Why } from '../kit/Why.tsx';
import { useMerchant } from '../merchant.ts';
import { Members } from '../signin/Members.tsx';
import { complaintWords } from './words.ts';

/** Tells the merchant what went wrong, and shows what they answered. */
export function ComplaintsPage() {
  const words = useWords(complaintWords);
  return (
    <>
      <Titled title={words.title} up="/me" />
      <Members>
        <Complain />
        <Mine />
      </Members>
    </>
  );
}

function Complain() {
  const words = useWords(complaintWords);
  const { slug } = useMerchant();
  const [text, setText] = useState('');
  const [reference, setReference] = useState('');
  const complain = useCommand('POST /v1/wallet/{slug}/complaints');
  const send = (event: FormEvent) => {
    event.preventDefault();
    const about = reference.trim();
    complain.mutate(
      { params: { slug }, body: { text: text.trim(), ...(about === '' ? {} : { reference: about }) } },
      {
        onSuccess: () => {
          setText('');
          setReference('');
        },
      },
    );
  };
  return (
    <form className="code-box" onSubmit={send}>
      <div className="field">
        <label htmlFor="complaint">{words.text}</label>
        <textarea
          id="complaint"
          className="input"
          rows={4}
          maxLength={2_000}
          value={text}
          onChange={({ target }) => setText(target.value)}
        />
      </div>
      <div className="field">
        <label htmlFor="reference">{words.reference}</label>
        <input
          id="reference"
          className="input"
          autoComplete="off"
          maxLength={64}
          value={reference}
          onChange={({ target }) => setReference(target.value)}
        />
      </div>
      <button type="submit" className="button main" disabled={complain.isPending || text.trim() === ''}>
        {words.send}
      </button>
      <Why error={complain.error} />
      {complain.isSuccess && text === '' ? (
        <p className="note good" role="status">
          {words.sent}
        </p>
      ) : null}
    </form>
  );
}

const complaintsAtOnce = 20;

function Mine() {
  const words = useWords(complaintWords);
  const locale = localeOf(useLanguage());
  const { slug, timezone } = useMerchant();
  const { items, error, more, isBusy, refetch } = usePages('GET /v1/wallet/{slug}/complaints', (cursor) => ({
    params: { slug },
    query: { limit: complaintsAtOnce, ...(cursor === undefined ? {} : { cursor }) },
  }));
  if (!items) return <Waiting error={error} onAgain={refetch} />;
  return (
    <section aria-labelledby="mine">
      <h2 id="mine">{words.mine}</h2>
      {items.length === 0 ? <p className="soft">{words.none}</p> : null}
      <ul className="plain-list entries">
        {items.map(({ id, text, state, answer, createdAt }) => (
          <li key={id}>
            <div className="between">
              <span className={state === 'answered' ? 'mark good' : 'mark'}>{words[state]}</span>
              <time className="soft" dateTime={createdAt}>
                {formatMoment(createdAt, locale, timezone)}
              </time>
            </div>
            <p className="said">{text}</p>
            {answer === null ? null : (
              <div className="note good">
                <strong>{words.answer}</strong>
                <p className="said">{answer}</p>
              </div>
            )}
          </li>
        ))}
      </ul>
      <More more={more} isBusy={isBusy} />
    </section>
  );
}
