import { type FormEvent, useState } from 'react';
import { ask } from '../../api/client.ts';
import { useAsk } from '../../ui/asking.ts';
import { ScanButton } from '../../ui/phone/ScanButton.tsx';
import { useLanguage, useWords } from '../../ui/words.ts';
import { Bad } from './Bad.tsx';
import { BesidesFields } from './BesidesFields.tsx';
import { type Besides, nothingBesides, saidBesides } from './besides.ts';
import { isMemberCode } from './memberCode.ts';
import type { Picture } from './picture.ts';
import { memberWords } from './words.ts';

/** Finds a member by phone number or by the code on their phone, or enrols whoever has it: their consent, and what else they say. */
export function FindMember({ onFound }: { readonly onFound: (picture: Picture, isNew: boolean) => void }) {
  const words = useWords(memberWords);
  const language = useLanguage();
  const { data: merchant } = useAsk('GET /v1/merchant', {});
  const [phone, setPhone] = useState('');
  const [name, setName] = useState('');
  const [besides, setBesides] = useState<Besides>(nothingBesides);
  const [isNew, setNew] = useState(false);
  const [isOld, setOld] = useState(false);
  const [error, setError] = useState<unknown>(null);
  const look = async (text: string, justEnrolled = false) => {
    const isCode = isMemberCode(text);
    const query = isCode ? { code: text.trim() } : { phone: text };
    const { body } = await ask('GET /v1/member-lookups', { query });
    const [picture] = body.items;
    setNew(picture === undefined && !isCode);
    setOld(picture === undefined && isCode);
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
          inputMode="tel"
          autoComplete="off"
          value={phone}
          onChange={({ target }) => {
            setPhone(target.value);
            setNew(false);
            setOld(false);
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
      {isOld ? (
        <p className="note bad" role="alert">
          {words.codeOld}
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
