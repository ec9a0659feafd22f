import type { ReactNode } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useWords } from '../../ui/words.ts';
import { Money } from '../kit/columns.tsx';
import { Panel } from '../kit/Page.tsx';
import { valueWords } from './words.ts';

/** What is on a member's wallet, principal and bonus apart, and whatever else is counted beside it. */
export function BalanceFigures({
  wallet: { balance, currency },
  children,
}: {
  readonly wallet: Pick<AnswerOf<'GET /v1/wallets/{memberId}'>, 'balance' | 'currency'>;
  readonly children?: ReactNode;
}) {
  const words = useWords(valueWords);
  return (
    <Panel>
      <div className="figures">
        {balance === null ? (
          <p className="soft">{words.hidden}</p>
        ) : (
          <>
            <div className="figure big">
              <span className="soft">{words.total}</span>
              <strong>
                <Money amount={balance.total} currency={currency} />
              </strong>
            </div>
            {(['principal', 'bonus', 'later'] as const).map((kind) => (
              <div key={kind} className="figure">
                <span className="soft">{words[kind]}</span>
                <strong>
                  <Money amount={balance[kind]} currency={currency} />
                </strong>
              </div>
            ))}
          </>
        )}
        {children}
      </div>
    </Panel>
  );
}
