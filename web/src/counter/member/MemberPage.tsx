import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ask } from '../../api/client.ts';
import { type Permission, useSession } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { Done } from '../result/Done.tsx';
import { note } from '../till.ts';
import { CardPanel } from './card/CardPanel.tsx';
import { FindMember } from './FindMember.tsx';
import { FamilyBalances } from './family/FamilyBalances.tsx';
import { FamilyPanel } from './family/FamilyPanel.tsx';
import { GiftPanel } from './gift/GiftPanel.tsx';
import { NumberPanel } from './number/NumberPanel.tsx';
import { PayPanel } from './pay/PayPanel.tsx';
import type { MemberDeed, Picture } from './picture.ts';
import { RefundPanel } from './RefundPanel.tsx';
import { Standing } from './Standing.tsx';
import { TopUpPanel } from './TopUpPanel.tsx';
import { memberWords } from './words.ts';

const deeds = [
  { word: 'pay', by: 'checkout.sell', Panel: PayPanel },
  { word: 'topUp', by: 'wallets.top_up', Panel: TopUpPanel },
  { word: 'card', by: 'memberships.sell', Panel: CardPanel },
  { word: 'gifts', by: 'points.use', Panel: GiftPanel },
  { word: 'refund', by: 'wallets.refund', Panel: RefundPanel },
  { word: 'number', by: 'members.phone', Panel: NumberPanel },
  { word: 'family', by: 'members.share', Panel: FamilyPanel },
] as const satisfies readonly { readonly word: string; readonly by: Permission; readonly Panel: unknown }[];
type Word = (typeof deeds)[number]['word'];

/** A member by phone number alone: who it is, what they have, and what is done with it. */
export function MemberPage() {
  const words = useWords(memberWords);
  const [found, setFound] = useState<Picture>();
  const [word, setWord] = useState<Word>('pay');
  if (!found)
    return (
      <>
        <h1>{words.title}</h1>
        <FindMember
          onFound={(picture, isNew) => {
            setFound(picture);
            // Whoever has just become a member came for a card, or to top up; both stand beside it.
            setWord(isNew ? 'card' : 'pay');
          }}
        />
      </>
    );
  return (
    <MemberAtCounter
      key={found.member.id}
      picture={found}
      first={word}
      onLook={setFound}
      onOther={() => setFound(undefined)}
    />
  );
}

type MemberProps = {
  readonly picture: Picture;
  /** What they most likely came for. */
  readonly first: Word;
  readonly onLook: (picture: Picture) => void;
  readonly onOther: () => void;
};

/** A member whom the counter has found, and what is done for them. */
export function MemberAtCounter({ picture, first, onLook, onOther }: MemberProps) {
  const words = useWords(memberWords);
  const { permissions } = useSession();
  const client = useQueryClient();
  const [word, setWord] = useState<Word>(first);
  const [done, setDone] = useState<MemberDeed>();
  const { member } = picture;
  const look = async (code?: string) => {
    const { body } = await ask('GET /v1/member-lookups', { query: { memberId: member.id, code } });
    const [seen] = body.items;
    if (seen) onLook({ ...seen, code });
    return seen;
  };
  const finish = (deed: MemberDeed) => {
    if (deed.entry) note(deed.entry);
    setDone(deed);
    void client.invalidateQueries();
    void look().catch(() => undefined);
  };
  if (done)
    return (
      <Done
        title={done.title}
        figure={done.figure}
        note={done.note}
        entry={done.entry}
        nextWord={words.done}
        onNext={() => setDone(undefined)}
      />
    );
  const open = deeds.filter(({ by }) => permissions.includes(by));
  const deed = open.find((one) => one.word === word) ?? open[0];
  return (
    <>
      <div className="between">
        <h1>{member.name ?? member.phone}</h1>
        <button type="button" className="bar-button" onClick={onOther}>
          {words.other}
        </button>
      </div>
      <Standing picture={picture} onCode={look} />
      <FamilyBalances picture={picture} />
      <fieldset className="choices" aria-label={words.what}>
        {open.map((one) => (
          <button
            key={one.word}
            type="button"
            className="choice"
            aria-pressed={one === deed}
            onClick={() => setWord(one.word)}
          >
            {words[one.word]}
          </button>
        ))}
      </fieldset>
      {deed ? (
        <deed.Panel picture={picture} onDone={finish} onStale={() => void look().catch(() => undefined)} />
      ) : null}
    </>
  );
}
