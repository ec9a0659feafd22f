import { useState } from 'react';
import { useAsk } from '../../../ui/asking.ts';
import { membershipWords } from '../../../ui/members/words.ts';
import { formatCivil } from '../../../ui/time.ts';
import { localeOf, refusalText, useLanguage, useWords } from '../../../ui/words.ts';
import { Bad } from '../Bad.tsx';
import type { PanelProps } from '../picture.ts';
import { Join } from './Join.tsx';
import type { Overview } from './overview.ts';
import { Renew } from './Renew.tsx';
import { Upgrade } from './Upgrade.tsx';
import { cardPanelWords } from './words.ts';

const ways = ['renew', 'upgrade', 'join'] as const;
type Way = (typeof ways)[number];

/** What a member has of card types, and what the server says may be sold to them now. */
export function CardPanel(props: PanelProps) {
  const words = useWords(cardPanelWords);
  const memberId = props.picture.member.id;
  const { data, error } = useAsk('GET /v1/members/{id}/membership', { params: { id: memberId } });
  const [chosen, setChosen] = useState<Way>();
  if (!data)
    return error ? (
      <Bad error={error} />
    ) : (
      <p className="soft" role="status">
        {words.loading}…
      </p>
    );
  const open = ways.filter((way) => isOpen(data, way));
  const way = open.find((one) => one === chosen) ?? open[0];
  const { membership, renewal, upgrades } = data;
  return (
    <>
      <Held membership={membership} />
      {open.length > 1 ? (
        <fieldset className="choices" aria-label={words.how}>
          {open.map((one) => (
            <button
              key={one}
              type="button"
              className="choice"
              aria-pressed={one === way}
              onClick={() => setChosen(one)}
            >
              {words[one]}
            </button>
          ))}
        </fieldset>
      ) : null}
      {way === undefined ? <NotNow overview={data} /> : null}
      {way === 'join' ? <Join {...props} /> : null}
      {way === 'renew' && membership && renewal ? (
        <Renew membership={membership} renewal={renewal} {...props} />
      ) : null}
      {way === 'upgrade' && membership ? (
        <Upgrade membership={membership} upgrades={upgrades} {...props} />
      ) : null}
    </>
  );
}

function isOpen({ allowed, renewal, upgrades }: Overview, way: Way): boolean {
  if (allowed[way]?.ok !== true) return false;
  return way === 'join' || (way === 'renew' ? renewal !== null : upgrades.length > 0);
}

/** Why nothing can be sold; where a card could be renewed, that is what is asked about. */
function NotNow({ overview: { allowed, membership } }: { readonly overview: Overview }) {
  const words = useWords(cardPanelWords);
  const language = useLanguage();
  const reason = (membership === null ? allowed.join : allowed.renew)?.reason ?? 'membership_plan_retired';
  return (
    <p className="note look">
      {words.nothing}
      {refusalText(reason, language)}
    </p>
  );
}

function Held({ membership }: { readonly membership: Overview['membership'] }) {
  const words = useWords(cardPanelWords);
  const states = useWords(membershipWords);
  const language = useLanguage();
  if (membership === null) return <p className="soft">{words.none}</p>;
  const { plan, state, lastDay } = membership;
  return (
    <div className="between entry-head">
      <span>
        <strong>{plan.name[language]}</strong>{' '}
        <span className="soft">{words.through(formatCivil(lastDay, localeOf(language)))}</span>
      </span>
      <span className={`mark ${state === 'active' ? 'good' : 'look'}`}>{states[state]}</span>
    </div>
  );
}
