import { Button } from 'antd';
import { useState } from 'react';
import { refusalText, useLanguage, useWords } from '../../ui/words.ts';
import type { DialogProps, Overview } from './overview.ts';
import { CancelDialog } from './verbs/CancelDialog.tsx';
import { PauseDialog, ResumeDialog } from './verbs/PauseDialogs.tsx';
import { JoinDialog, RenewDialog, UpgradeDialog } from './verbs/SaleDialogs.tsx';
import { TierDialog } from './verbs/TierDialog.tsx';
import { membershipWords } from './words.ts';

const verbs = ['join', 'renew', 'upgrade', 'pause', 'resume', 'cancel', 'giveTier'] as const;
type Verb = (typeof verbs)[number];

/** What the server says may be done with a membership, and why the rest may not. */
export function MembershipVerbs({ overview }: { readonly overview: Overview }) {
  const words = useWords(membershipWords);
  const language = useLanguage();
  const [verb, setVerb] = useState<Verb>();
  const { allowed, membership } = overview;
  const open = verbs.filter((one) => allowed[one].ok);
  // What only makes sense for who has something is not told to who has nothing.
  const closed = verbs.filter((one) => !allowed[one].ok && allowed[one].reason !== 'permission_denied');
  const told = closed.filter((one) => membership !== null || one === 'join');
  return (
    <>
      <div className="verbs spaced">
        {open.map((one) => (
          <Button key={one} danger={one === 'cancel'} onClick={() => setVerb(one)}>
            {words[one]}
          </Button>
        ))}
      </div>
      {told.length === 0 ? null : (
        <ul className="refused spaced">
          {told.map((one) => (
            <li key={one}>
              <span>{words[one]}</span>
              <span>{refusalText(allowed[one].reason ?? '', language)}</span>
            </li>
          ))}
        </ul>
      )}
      {verb === undefined ? null : (
        <Dialog verb={verb} overview={overview} onClose={() => setVerb(undefined)} />
      )}
    </>
  );
}

function Dialog({ verb, ...props }: DialogProps & { readonly verb: Verb }) {
  switch (verb) {
    case 'join':
      return <JoinDialog {...props} />;
    case 'renew':
      return <RenewDialog {...props} />;
    case 'upgrade':
      return <UpgradeDialog {...props} />;
    case 'pause':
      return <PauseDialog {...props} />;
    case 'resume':
      return <ResumeDialog {...props} />;
    case 'cancel':
      return <CancelDialog {...props} />;
    case 'giveTier':
      return <TierDialog {...props} />;
  }
}
