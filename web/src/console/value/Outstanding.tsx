import { Link } from '@tanstack/react-router';
import { Skeleton } from 'antd';
import { useAsk } from '../../ui/asking.ts';
import { drawnNumber } from '../../ui/money.ts';
import { useWords } from '../../ui/words.ts';
import { Money } from '../kit/columns.tsx';
import { Failed } from '../kit/Notes.tsx';
import { Panel } from '../kit/Page.tsx';
import { valueWords } from './words.ts';

const kinds = ['principal', 'bonus', 'later'] as const;

/** How much the house owes in stored value, and what it is made of. */
export function Outstanding() {
  const words = useWords(valueWords);
  const { data, error, refetch } = useAsk('GET /v1/wallet-totals', {});
  if (error && !data) return <Failed error={error} again={() => void refetch()} />;
  if (!data) return <Skeleton active />;
  const { balance, currency, wallets, endingSoon } = data;
  const drawn = kinds.map((kind) => ({ kind, width: drawnNumber(balance[kind], currency) }));
  const whole = drawn.reduce((sum, { width }) => sum + width, 0);
  return (
    <Panel>
      <div className="figures">
        <div className="figure big">
          <span className="soft">{words.outstanding}</span>
          <strong>
            <Money amount={balance.total} currency={currency} />
          </strong>
          <span className="soft small">{words.wallets(wallets)}</span>
        </div>
        {drawn.map(({ kind }) => (
          <div key={kind} className="figure">
            <span className="soft">
              <i className={`swatch ${kind}`} aria-hidden="true" /> {words[kind]}
            </span>
            <strong>
              <Money amount={balance[kind]} currency={currency} />
            </strong>
            <span className="soft small">{words[`${kind}Why`]}</span>
          </div>
        ))}
        <div className="figure">
          <span className="soft">{words.endingSoon}</span>
          <strong>
            <Money amount={endingSoon} currency={currency} />
          </strong>
          <Link to="/reminders" className="small">
            {words.toReminders}
          </Link>
        </div>
      </div>
      {whole === 0 ? null : (
        <div className="share-bar" aria-hidden="true">
          {drawn.map(({ kind, width }) => (
            <span key={kind} className={kind} style={{ flexGrow: width / whole }} />
          ))}
        </div>
      )}
    </Panel>
  );
}
