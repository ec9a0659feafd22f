import { Select } from 'antd';

type Option = { readonly value: string; readonly label: string };

/** Narrows a list to one of some values, or to `any` of them, which is the empty text in the address. */
export function ChoiceFilter({
  label,
  any,
  value,
  options,
  onChoose,
}: {
  readonly label: string;
  readonly any: string;
  readonly value: string | undefined;
  readonly options: readonly Option[];
  readonly onChoose: (value: string) => void;
}) {
  return (
    <Select
      className="filter"
      aria-label={label}
      value={value ?? ''}
      onChange={onChoose}
      options={[{ value: '', label: any }, ...options]}
    />
  );
}
