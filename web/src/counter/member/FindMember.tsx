import { type FormEvent, useState } from 'react';
import { ask } from '../../api/client.ts';
import { useAsk } from '../../ui/asking.ts';
import { namedBy } from '../../ui/members/namedBy.ts';
import { ScanButton } from '../../ui/phone/ScanButton.tsx';
import { useLanguage, useWords } from '../../ui/words.ts';
import { Bad } from './Bad.tsx';
import { BesidesFields } from './BesidesFields.tsx';
import { type Besides, nothingBesides, saidBesides } from './besides.ts';
import { isMemberCode } from './memberCode.ts';
import type { Picture } from './picture.ts';
import { memberWords } from './words.ts';

/** Finds a member by phone or card number, or by the code on their phone; enrols whoever has a phone number that nobody has. */
export function FindMember({ onFound }: { readonly onFound: (picture: Picture, isNew: boolean) => void }) {
  const words = useWords(memberWords);
  const language = useLanguage();
  const { data: merchant } = useAsk('GET /v1/merchant', {});
  const [phone, setPhone] = useState('');
  const [name, setName] = useState('');
  const [besides, setBesides] = useState<Besides>(nothingBesides);
  const [isNew, setNew] = useState(false);
  const [unknown, setUnknown] = useState<'code' | 'card'>();
  const [error, setError] = useState<unknown>(null);
  const look = async (text: string, justEnrolled = false) => {
    const isCode = isMemberCode(text);
    const named = namedBy(text);
    const query = isCode ? { code: text.trim() } : named;
    const { body } = await ask('GET /v1/member-lookups', { query });
    const [picture] = body.items;
    const isMissing = picture === undefined;
    setNew(isMissing && !isCode && 'phone' in named);
    setUnknown(isMissing && isCode ? 'code' : isMissing && 'cardNumber' in named ? 'card' : undefined);
    if (picture) onFound(isCode ? { ...picture, code: text.trim() } : picture, justEnrolled);
  };
  const enrol = async () => {
    const consent = { textVersion: merchant?.termsVersion ?? 1 };
    const named = name.trim() === '' ? {} : { name: name.trim() };
    await ask('POST /v1/members', {
      body: { phone, language, consent, ...named, ...saidBesides(besides) },
    });
    await look(phone, true);
  };
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setError(null);
    await (isNew ? enrol() : look(phone)).catch(setError);
  };
  return (
    <form className="code-box" onSubmit={(event) => void send(event)}>
      <div className="field">
        <label htmlFor="member-phone">{words.phone}</label>
        <input
          id="member-phone"
          className="input mono"
          autoComplete="off"
          value={phone}
          onChange={({ target }) => {
            setPhone(target.value);
            setNew(false);
            setUnknown(undefined);
          }}
        />
      </div>
      {isNew ? (
        <>
          <p className="note" role="status">
            {words.nobody}
          </p>
          <div className="field">
            <label htmlFor="member-name">{words.name}</label>
            <input
              id="member-name"
              className="input"
              autoComplete="off"
              maxLength={100}
              value={name}
              onChange={({ target }) => setName(target.value)}
            />
          </div>
          <BesidesFields value={besides} onChange={setBesides} />
        </>
      ) : null}
      {unknown ? (
        <p className="note bad" role="alert">
          {unknown === 'code' ? words.codeOld : words.noSuchCard}
        </p>
      ) : null}
      <Bad error={error} />
      <button type="submit" className="button main wide" disabled={phone.trim() === ''}>
        {isNew ? words.enrol : words.find}
      </button>
      {isNew ? null : (
        <ScanButton
          onText={(text) => {
            setPhone(text);
            look(text).catch(setError);
          }}
        />
      )}
    </form>
  );
}
