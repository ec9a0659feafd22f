import { Button, Form, Radio } from 'antd';
import { useState } from 'react';
import { useCommand } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';
import { useWords } from '../../ui/words.ts';
import { ActionDialog } from '../kit/ActionDialog.tsx';
import { TextField } from '../kit/fields.tsx';
import { Nothing } from '../kit/Notes.tsx';
import { Panel } from '../kit/Page.tsx';
import { type Party, useParties } from '../kit/parties.ts';
import { kitWords } from '../words.ts';
import { termWords } from './words.ts';

/** Who may bear cost beside the merchant and its stores. */
export function PartiesPanel() {
  const words = useWords(termWords);
  const may = useMay('settlement.terms');
  const parties = useParties();
  const [isAdding, setAdding] = useState(false);
  return (
    <Panel
      title={words.parties}
      extra={may ? <Button onClick={() => setAdding(true)}>{words.addParty}</Button> : null}
    >
      {parties.length === 0 ? (
        <Nothing text={words.noParties} />
      ) : (
        <ul className="lots">
          {parties.map(({ id, kind, name }) => (
            <li key={id}>
              <span>{name}</span>
              <span className="soft">{words[kind]}</span>
            </li>
          ))}
        </ul>
      )}
      <p className="soft small spaced">{words.partiesWhy}</p>
      {isAdding ? <AddDialog onClose={() => setAdding(false)} /> : null}
    </Panel>
  );
}

function AddDialog({ onClose }: { readonly onClose: () => void }) {
  const words = useWords(termWords);
  const kit = useWords(kitWords);
  const create = useCommand('POST /v1/settlement-parties');
  return (
    <ActionDialog<{ kind: Party['kind']; name: string }, unknown>
      title={words.addParty}
      action={words.addParty}
      initial={{ kind: 'sponsor' }}
      submit={(body, idempotencyKey) => create.mutateAsync({ body, idempotencyKey })}
      onClose={onClose}
    >
      <Form.Item name="kind" label={words.partyKind}>
        <Radio.Group
          optionType="button"
          options={(['sponsor', 'issuer'] as const).map((kind) => ({ value: kind, label: words[kind] }))}
        />
      </Form.Item>
      <TextField name="name" label={kit.name} max={100} />
    </ActionDialog>
  );
}
