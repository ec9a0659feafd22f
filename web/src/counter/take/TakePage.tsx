import { Link } from '@tanstack/react-router';
import { useState } from 'react';
import { ask, Refused } from '../../api/client.ts';
import { namedBy } from '../../ui/members/namedBy.ts';
import { CodeBox } from '../../ui/phone/CodeBox.tsx';
import { signal } from '../../ui/phone/signals.ts';
import { useMay } from '../../ui/session.ts';
import { refusalText, useLanguage, useWords } from '../../ui/words.ts';
import { MemberAtCounter } from '../member/MemberPage.tsx';
import { isMemberCode } from '../member/memberCode.ts';
import type { Picture } from '../member/picture.ts';
import { useStore } from '../store.ts';
import { counterWords, takeWords } from '../words.ts';
import { CardAtCounter } from './CardAtCounter.tsx';
import type { Found } from './found.ts';

/** From a code to money taken: the box, the card or the member, the amount, the outcome. */
export function TakePage() {
  const words = useWords(takeWords);
  const language = useLanguage();
  const store = useStore();
  const [found, setFound] = useState<Found>();
  const [isBusy, setBusy] = useState(false);
  const [error, setError] = useState<Error>();
  const [member, setMember] = useState<Picture>();
  const [isUnknownPhone, setUnknownPhone] = useState(false);
  const mayFind = useMay('members.read');
  // Whoever shows a phone does not tell a card's code from their own, or says their number: all are taken here.
  const memberOf = async (code: string) => {
    const [named, isCode] = [namedBy(code), isMemberCode(code)];
    const query = isCode ? { code } : 'phone' in named ? named : undefined;
    if (!mayFind || query === undefined) return undefined;
    const [seen] = (await ask('GET /v1/member-lookups', { query })).body.items;
    return seen && (isCode ? { ...seen, code } : seen);
  };
  const lookUp = async (code: string) => {
    setBusy(true);
    setError(undefined);
    const isPhone = mayFind && 'phone' in namedBy(code);
    setUnknownPhone(false);
    try {
      if (isPhone) {
        const known = await memberOf(code);
        return known ? setMember(known) : setUnknownPhone(true);
      }
      const { body: card } = await ask('POST /v1/verifications', { body: { code, storeId: store.id } });
      if (card.allowed.redeem?.ok !== true) signal('bad');
      setFound({ code, card });
    } catch (cause) {
      const isNoCard = cause instanceof Refused && cause.code === 'card_not_found';
      const known = isNoCard ? await memberOf(code).catch(() => undefined) : undefined;
      if (known) return setMember(known);
      signal('bad');
      setError(cause instanceof Error ? cause : new Error(String(cause)));
    } finally {
      setBusy(false);
    }
  };
  if (member)
    return (
      <MemberAtCounter picture={member} first="pay" onLook={setMember} onOther={() => setMember(undefined)} />
    );
  if (found) return <CardAtCounter found={found} onDone={() => setFound(undefined)} />;
  return (
    <>
      <h1>{words.title}</h1>
      <CodeBox label={words.code} action={words.look} busy={isBusy} onCode={(code) => void lookUp(code)} />
      {isUnknownPhone ? (
        <p className="note bad" role="alert">
          {words.nobody} <Link to="/member">{words.toMembers}</Link>
        </p>
      ) : null}
      {error ? (
        <p className="note bad" role="alert">
          <WhyNot error={error} language={language} />
        </p>
      ) : null}
    </>
  );
}

function WhyNot({ error, language }: { readonly error: Error; readonly language: 'zh' | 'en' }) {
  const words = useWords(takeWords);
  const frame = useWords(counterWords);
  if (!(error instanceof Refused)) return frame.serverGone;
  // A wrong check character is a slip of the finger, not an unknown card.
  return error.code === 'check_character_wrong' ? words.typing : refusalText(error.code, language);
}
