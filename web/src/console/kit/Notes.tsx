import { Alert, Button, Empty, Result } from 'antd';
import type { ReactNode } from 'react';
import { Refused, Unanswered } from '../../api/client.ts';
import { Icon } from '../../ui/icons.tsx';
import { usePermissionSentence } from '../../ui/permissions.ts';
import type { Permission } from '../../ui/session.ts';
import { useMay } from '../../ui/session.ts';
import { refusalText, useLanguage, useWords } from '../../ui/words.ts';
import { frameWords, kitWords } from '../words.ts';

/** Why it did not happen, where it was asked. */
export function ErrorNote({ error }: { readonly error: Error | null }) {
  const language = useLanguage();
  const words = useWords(kitWords);
  if (error === null) return null;
  if (error instanceof Unanswered) return <Alert type="warning" showIcon title={words.unanswered} />;
  const code = error instanceof Refused ? error.code : 'internal_error';
  return (
    <Alert
      type="error"
      showIcon
      title={refusalText(code, language)}
      description={
        <span className="small">
          <Particulars error={error} />
          <a href={`/docs/errors?lang=${language}#${code}`} target="_blank" rel="noreferrer">
            {words.whatToDo}
          </a>{' '}
          <code>{code}</code>
        </span>
      }
    />
  );
}

/** Which field it is about, and what else the server says: it says so in English. */
function Particulars({ error }: { readonly error: Error }) {
  const language = useLanguage();
  if (!(error instanceof Refused)) return null;
  const more = [error.field, language === 'en' ? error.detail : undefined].filter(Boolean).join(': ');
  return more === '' ? null : <>{more} · </>;
}

/** A whole page or panel that could not be loaded. */
export function Failed({ error, again }: { readonly error: Error; readonly again: () => void }) {
  const language = useLanguage();
  const words = useWords(frameWords);
  const said = error instanceof Refused ? refusalText(error.code, language) : words.offline;
  return (
    <Result
      icon={<Icon name="warn" size={56} />}
      title={words.failed}
      subTitle={said}
      extra={<Button onClick={again}>{words.again}</Button>}
    />
  );
}

/** Shows the page to whoever may see it, and to others what they would need. */
export function Guarded({ by, children }: { readonly by: Permission; readonly children: ReactNode }) {
  return useMay(by) ? children : <NoPermission by={by} />;
}

function NoPermission({ by }: { readonly by: Permission }) {
  const words = useWords(frameWords);
  const sentence = usePermissionSentence();
  return (
    <Result
      icon={<Icon name="key" size={56} />}
      title={words.noPermission}
      subTitle={words.noPermissionWhy}
      extra={
        <p className="soft">
          {sentence(by)} <code className="small">{by}</code>
        </p>
      }
    />
  );
}

/** A list without anything in it, and what to do about that. */
export function Nothing({ text, action }: { readonly text?: string; readonly action?: ReactNode }) {
  const words = useWords(kitWords);
  return (
    <Empty image={Empty.PRESENTED_IMAGE_SIMPLE} description={text ?? words.nothing}>
      {action}
    </Empty>
  );
}
