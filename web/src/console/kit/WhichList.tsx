import { Segmented } from 'antd';
import { useWords } from '../../ui/words.ts';
import { kitWords } from '../words.ts';

/** Which of a page's lists is looked at; the first is the one that a page opens with, and stands in no address. */
export function WhichList<List extends string>({
  value,
  lists,
  onChoose,
}: {
  readonly value: List;
  readonly lists: readonly { readonly value: List; readonly label: string }[];
  readonly onChoose: (list: List | undefined) => void;
}) {
  const words = useWords(kitWords);
  if (lists.length < 2) return null;
  return (
    <div className="under">
      <Segmented<List>
        aria-label={words.whichList}
        value={value}
        onChange={(list) => onChoose(list === lists[0]?.value ? undefined : list)}
        options={[...lists]}
      />
    </div>
  );
}
