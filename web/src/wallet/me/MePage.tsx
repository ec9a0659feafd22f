import { useQueryClient } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { type FormEvent, useState } from 'react';
import { ask, type BodyOf } from '../../api/client.ts';
import { useCommand } from '../../ui/asking.ts';
import { chooseLanguage, type Language, useLanguage, useWords } from '../../ui/words.ts';
import { Why } from '../kit/Why.tsx';
import { type Member, useMember } from '../member.ts';
import { useMerchant } from '../merchant.ts';
import { Members } from '../signin/Members.tsx';
import { SignOut } from './SignOut.tsx';
import { meWords } from './words.ts';

/** Who I am here, what I am told, and the way out. */
export function MePage() {
  return (
    <Members>
      <Me />
    </Members>
  );
}

type Change = BodyOf<'PATCH /v1/wallet/{slug}/me'>;

/** Changes what is kept of me, and shows what the server made of it. */
function useChange() {
  const { slug } = useMerchant();
  const client = useQueryClient();
  const update = useCommand('PATCH /v1/wallet/{slug}/me');
  const change = (body: Change) =>
    update.mutate(
      { params: { slug }, body },
      { onSuccess: ({ body: member }) => client.setQueryData(['member', slug], { is: 'member', member }) },
    );
  return { change, error: update.error, isBusy: update.isPending, isDone: update.isSuccess };
}

function Me() {
  const words = useWords(meWords);
  const member = useMember();
  const { slug } = useMerchant();
  return (
    <>
      <h1>{words.title}</h1>
      <dl className="pairs">
        <div>
          <dt>{words.phone}</dt>
          <dd className="mono">{member.phone}</dd>
        </div>
        {member.cardNumber === null ? null : (
          <div>
            <dt>{words.cardNumber}</dt>
            <dd className="mono">{member.cardNumber}</dd>
          </div>
        )}
      </dl>
      <Link to={`/${slug}/me/number`} className="button wide">
        {words.changePhone}
      </Link>
      <Name member={member} />
      <Reminders member={member} />
      <Languages />
      <Link to={`/${slug}/complaints`} className="button wide">
        {words.complaints}
      </Link>
      <SignOut />
    </>
  );
}

function Name({ member }: { readonly member: Member }) {
  const words = useWords(meWords);
  const [name, setName] = useState(member.name ?? '');
  const { change, error, isBusy, isDone } = useChange();
  const save = (event: FormEvent) => {
    event.preventDefault();
    change({ name: name.trim() === '' ? null : name.trim() });
  };
  return (
    <form className="field" onSubmit={save}>
      <label htmlFor="name">{words.name}</label>
      <div className="row">
        <input
          id="name"
          className="input"
          autoComplete="name"
          maxLength={100}
          value={name}
          onChange={({ target }) => setName(target.value)}
        />
        <button type="submit" className="button narrow" disabled={isBusy || name === (member.name ?? '')}>
          {isDone && name === (member.name ?? '') ? words.saved : words.save}
        </button>
      </div>
      <Why error={error} />
    </form>
  );
}

function Reminders({ member }: { readonly member: Member }) {
  const words = useWords(meWords);
  const { termsVersion } = useMerchant();
  const { change, error, isBusy } = useChange();
  const { expiry, lowBalance } = member.reminders;
  const marketing = member.consents.find(({ purpose }) => purpose === 'marketing')?.given ?? false;
  const consent = { textVersion: termsVersion, marketing: !marketing };
  const ticks = [
    { name: words.expiry, isOn: expiry, to: { reminders: { expiry: !expiry } } },
    { name: words.lowBalance, isOn: lowBalance, to: { reminders: { lowBalance: !lowBalance } } },
    { name: words.marketing, isOn: marketing, to: { consent } },
  ];
  return (
    <fieldset className="group">
      <legend>{words.reminders}</legend>
      {ticks.map(({ name, isOn, to }) => (
        <label key={name} className="tick">
          <input type="checkbox" checked={isOn} disabled={isBusy} onChange={() => change(to)} />
          <span>{name}</span>
        </label>
      ))}
      <Why error={error} />
    </fieldset>
  );
}

const languages = [
  ['zh', 'chinese'],
  ['en', 'english'],
] as const;

function Languages() {
  const words = useWords(meWords);
  const language = useLanguage();
  const { slug } = useMerchant();
  const choose = (next: Language) => {
    chooseLanguage(next);
    // Messages come in it from now on, too; the page is in it either way.
    void ask('PATCH /v1/wallet/{slug}/me', { params: { slug }, body: { language: next } }).catch(
      () => undefined,
    );
  };
  return (
    <fieldset className="choices">
      <legend className="soft">{words.language}</legend>
      {languages.map(([code, word]) => (
        <button
          key={code}
          type="button"
          className="choice"
          aria-pressed={code === language}
          onClick={() => choose(code)}
        >
          {words[word]}
        </button>
      ))}
    </fieldset>
  );
}
