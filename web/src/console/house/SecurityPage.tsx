import { Button, Form, Input } from 'antd';
import { type ReactNode, useState } from 'react';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { useSession } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { Moment } from '../kit/columns.tsx';
import { ErrorNote } from '../kit/Notes.tsx';
import { Page, Panel } from '../kit/Page.tsx';
import { kitWords } from '../words.ts';
import { AppDialog } from './AppDialog.tsx';
import { CounterPin } from './CounterPin.tsx';
import { Passkeys } from './Passkeys.tsx';
import { RecoveryCodes } from './RecoveryCodes.tsx';
import { securityWords } from './words.ts';

/** How one signs in, and where one is signed in. */
export function SecurityPage() {
  const words = useWords(securityWords);
  const [codes, setCodes] = useState<readonly string[]>();
  return (
    <Page title={words.title} lead={words.lead}>
      <div className="columns">
        <div>
          <App onCodes={setCodes} />
          <Passkeys onCodes={setCodes} />
          <Sessions />
        </div>
        <div>
          <Password />
          <CounterPin />
        </div>
      </div>
      {codes ? <RecoveryCodes codes={codes} onClose={() => setCodes(undefined)} /> : null}
    </Page>
  );
}

function App({ onCodes }: { readonly onCodes: (codes: readonly string[]) => void }) {
  const words = useWords(securityWords);
  const { factors, hasSecondFactor } = useSession();
  const isOn = factors.includes('totp');
  const [isBeginning, setBeginning] = useState(false);
  const remove = useCommand('POST /v1/session/totp/remove');
  const renew = useCommand('POST /v1/session/recovery-codes');
  const { data } = useAsk('GET /v1/session/passkeys', {});
  return (
    <Panel
      title={words.app}
      extra={<span className={`mark ${isOn ? 'good' : 'quiet'}`}>{isOn ? words.appOn : words.appOff}</span>}
    >
      <ErrorNote error={remove.error ?? renew.error} />
      <div className="verbs">
        {isOn ? (
          <Button loading={remove.isPending} onClick={() => remove.mutate({ body: {} })}>
            {words.appRemove}
          </Button>
        ) : (
          <Button type="primary" onClick={() => setBeginning(true)}>
            {words.appBegin}
          </Button>
        )}
        {hasSecondFactor ? (
          <Button
            loading={renew.isPending}
            onClick={() =>
              renew.mutate({ body: {} }, { onSuccess: ({ body }) => onCodes(body.recoveryCodes) })
            }
          >
            {words.recoveryNew}
          </Button>
        ) : null}
      </div>
      {hasSecondFactor && data ? (
        <p className="soft small">{words.recoveryLeft(data.recoveryCodesLeft)}</p>
      ) : null}
      {isBeginning ? (
        <AppDialog
          onClose={() => setBeginning(false)}
          onCodes={(codes) => {
            setBeginning(false);
            onCodes(codes);
          }}
        />
      ) : null}
    </Panel>
  );
}

function Password() {
  const words = useWords(securityWords);
  const kit = useWords(kitWords);
  const [isChanging, setChanging] = useState(false);
  const change = useCommand('POST /v1/session/password');
  const rules = [{ required: true, message: kit.required }];
  const field = (name: string, label: string, autoComplete: string): ReactNode => (
    <Form.Item name={name} label={label} rules={rules}>
      <Input.Password autoComplete={autoComplete} maxLength={254} />
    </Form.Item>
  );
  return (
    <Panel title={words.password}>
      <Button onClick={() => setChanging(true)}>{words.passwordChange}</Button>
      {isChanging ? (
        <ActionDialog<{ current: string; next: string }, unknown>
          title={words.passwordChange}
          action={words.passwordChange}
          submit={(body) => change.mutateAsync({ body })}
          onClose={() => setChanging(false)}
        >
          {field('current', words.current, 'current-password')}
          {field('next', words.next, 'new-password')}
        </ActionDialog>
      ) : null}
    </Panel>
  );
}

function Sessions() {
  const words = useWords(securityWords);
  const { data } = useAsk('GET /v1/sessions', {});
  const end = useCommand('POST /v1/sessions/{id}/end');
  return (
    <Panel title={words.sessions}>
      <ErrorNote error={end.error} />
      <ul className="lots">
        {(data?.items ?? []).map(({ id, agent, place, merchantName, lastUsedAt, isThis }) => (
          <li key={id}>
            <span>
              {agentText(agent) ?? words.unknownAgent}
              <br />
              <span className="soft small">
                {[merchantName, place].filter(Boolean).join(' · ')} · <Moment at={lastUsedAt} />
              </span>
            </span>
            {isThis ? (
              <span className="mark good">{words.here}</span>
            ) : (
              <Button size="small" onClick={() => end.mutate({ params: { id }, body: {} })}>
                {words.end}
              </Button>
            )}
          </li>
        ))}
      </ul>
    </Panel>
  );
}

/** The browser and system out of what a browser says of itself. */
function agentText(agent: string | null): string | undefined {
  if (agent === null) return undefined;
  const browser = /(Edg|OPR|Firefox|Chrome|Safari)\/\d+/.exec(agent)?.[1]?.replace('Edg', 'Edge');
  const system = /(Windows|Android|iPhone|iPad|Mac OS X|Linux)/.exec(agent)?.[1];
  return browser === undefined && system === undefined
    ? agent
    : [browser, system].filter(Boolean).join(' · ');
}
