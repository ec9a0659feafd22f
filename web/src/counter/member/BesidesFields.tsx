import type { ReactNode } from 'react';
import type { AnswerOf } from '../../api/client.ts';
import { useAsk } from '../../ui/asking.ts';
import { useLanguage, useWords } from '../../ui/words.ts';
import type { Besides } from './besides.ts';
import { memberWords } from './words.ts';

type Field = AnswerOf<'GET /v1/member-fields'>['fields'][number];
type Props = { readonly value: Besides; readonly onChange: (value: Besides) => void };

/** A printed card, birthday, tags and the merchant's own fields, folded away: whoever is in a hurry enrols without them. */
export function BesidesFields({ value, onChange }: Props) {
  const words = useWords(memberWords);
  const language = useLanguage();
  const own = useAsk('GET /v1/member-fields', {}).data?.fields ?? [];
  return (
    <details className="besides">
      <summary>{words.besides}</summary>
      <Labelled id="member-card" label={words.printedCard}>
        <input
          id="member-card"
          className="input mono"
          autoComplete="off"
          maxLength={40}
          value={value.cardNumber}
          onChange={({ target }) => onChange({ ...value, cardNumber: target.value })}
        />
      </Labelled>
      <Labelled id="member-birthday" label={words.birthday}>
        <input
          id="member-birthday"
          className="input mono"
          autoComplete="off"
          placeholder="05-17"
          maxLength={10}
          value={value.birthday}
          onChange={({ target }) => onChange({ ...value, birthday: target.value })}
        />
      </Labelled>
      <Labelled id="member-tags" label={words.tags}>
        <input
          id="member-tags"
          className="input"
          autoComplete="off"
          maxLength={200}
          value={value.tags}
          onChange={({ target }) => onChange({ ...value, tags: target.value })}
        />
      </Labelled>
      {own.map((field) => (
        <Labelled key={field.key} id={`member-${field.key}`} label={field.label[language]}>
          <OwnField
            field={field}
            value={value.fields[field.key] ?? ''}
            onChange={(said) => onChange({ ...value, fields: { ...value.fields, [field.key]: said } })}
          />
        </Labelled>
      ))}
    </details>
  );
}

type LabelledProps = { readonly id: string; readonly label: string; readonly children: ReactNode };

function Labelled({ id, label, children }: LabelledProps) {
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      {children}
    </div>
  );
}

type OwnProps = {
  readonly field: Field;
  readonly value: string | number;
  readonly onChange: (value: string | number) => void;
};

function OwnField({ field: { key, kind, choices }, value, onChange }: OwnProps) {
  const id = `member-${key}`;
  if (kind === 'choice')
    return (
      <select id={id} className="input" value={value} onChange={({ target }) => onChange(target.value)}>
        <option value="" />
        {choices.map((choice) => (
          <option key={choice}>{choice}</option>
        ))}
      </select>
    );
  const type = { text: 'text', number: 'number', date: 'date' }[kind];
  return (
    <input
      id={id}
      className="input"
      type={type}
      step={kind === 'number' ? 1 : undefined}
      autoComplete="off"
      maxLength={200}
      value={value}
      onChange={({ target }) => {
        const isNumber = kind === 'number' && target.value !== '';
        onChange(isNumber ? target.valueAsNumber : target.value);
      }}
    />
  );
}
