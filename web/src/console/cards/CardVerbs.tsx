import { Button } from 'antd';
import { useState } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useMay } from '../../ui/session.ts';
import { refusalText, useLanguage, useWords } from '../../ui/words.ts';
import { type Verb, VerbDialog } from './verbs/VerbDialog.tsx';
import { cardWords, verbWords } from './words.ts';

type Card = AnswerOf<'GET /v1/cards/{id}'>;

const shown: readonly Verb[] = [
  'freeze',
  'unfreeze',
  'reload',
  'adjust',
  'extend',
  'reactivate',
  'transfer',
  'replace',
  'void',
];

/** Every verb on a card: what may be done now, and why the rest may not, both as the server says. */
export function CardVerbs({ card }: { readonly card: Card }) {
  const words = useWords(cardWords);
  const verbs = useWords(verbWords);
  const language = useLanguage();
  const mayAdjust = useMay('cards.adjust');
  const mayUnlock = useMay('cards.unlock_pin');
  const [open, setOpen] = useState<Verb>();
  const answerTo = (verb: Verb) =>
    verb === 'adjust'
      ? { ok: mayAdjust, reason: 'permission_denied' }
      : (card.allowed[verb] ?? { ok: false });
  const allowed = shown.filter((verb) => answerTo(verb).ok);
  const refused = shown.filter((verb) => !answerTo(verb).ok);
  return (
    <>
      <div className="verbs">
        {allowed.map((verb) => (
          <Button key={verb} danger={verb === 'void'} onClick={() => setOpen(verb)}>
            {verbs[verb]}
          </Button>
        ))}
        {card.pinLocked && mayUnlock ? (
          <Button onClick={() => setOpen('unlockPin')}>{verbs.unlockPin}</Button>
        ) : null}
      </div>
      <h3 className="not-now">{words.notNow}</h3>
      <ul className="refused">
        {refused.map((verb) => (
          <li key={verb}>
            <span>{verbs[verb]}</span>
            <span>{refusalText(answerTo(verb).reason ?? '', language)}</span>
          </li>
        ))}
      </ul>
      {open === undefined ? null : <VerbDialog verb={open} card={card} onClose={() => setOpen(undefined)} />}
    </>
  );
}
