import { Button, Dropdown, message, Table } from 'antd';
import { type ReactNode, useState } from 'react';
import type { Ask, ItemOf } from '../../api/client.ts';
import { useAsk } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';
import { useLanguage, useWords } from '../../ui/words.ts';
import { kitWords } from '../words.ts';
import type { Column } from './columns.tsx';
import { csvOf, gatheredMax, type Listing, readRows, saveFile, wholeList, xlsxOf } from './export.ts';
import { ErrorNote, Failed, Nothing } from './Notes.tsx';
import { usePaging } from './paging.ts';
import { WideTable } from './WideTable.tsx';

type Props<Name extends Listing> = {
  readonly name: Name;
  /** What is asked for, without where the page begins. */
  readonly parts: Ask<Name>;
  readonly columns: readonly Column<ItemOf<Name>>[];
  readonly rowKey: (item: ItemOf<Name>) => string;
  /** What exported files are called. */
  readonly filename: string;
  readonly filters?: ReactNode;
  readonly empty?: ReactNode;
  readonly onOpen?: ((item: ItemOf<Name>) => void) | undefined;
  readonly selection?: { readonly keys: readonly string[]; readonly choose: (items: ItemOf<Name>[]) => void };
  readonly everyMs?: (items: readonly ItemOf<Name>[]) => number | false;
};

type PageOf<Item> = { readonly items: Item[]; readonly nextCursor: string | null };
const rowsShown = 50;

/** A list of the API, a page at a time; where it stands is in the address. */
export function ListTable<Name extends Listing>(props: Props<Name>) {
  type Item = ItemOf<Name>;
  const { name, parts, columns, rowKey, filename, filters, empty, onOpen, selection, everyMs } = props;
  const words = useWords(kitWords);
  const paging = usePaging();
  const query = { ...parts.query, cursor: paging.cursor, limit: rowsShown };
  const asked = useAsk(
    name,
    { ...parts, query },
    {
      ...(everyMs ? { everyMs: (answer) => (answer ? everyMs((answer as PageOf<Item>).items) : false) } : {}),
    },
  );
  // `Listing` names operations of this shape only; TypeScript does not carry that through the generic.
  const shown = asked.data as PageOf<Item> | undefined;
  if (asked.error && !shown) return <Failed error={asked.error} again={() => asked.refetch()} />;
  return (
    <section className="panel flush">
      <div className="list-bar">
        <div className="filters">{filters}</div>
        <ExportMenu name={name} parts={parts} columns={columns} filename={filename} />
      </div>
      {asked.error ? <ErrorNote error={asked.error} /> : null}
      <WideTable>
        <Table<Item>
          size="small"
          rowKey={rowKey}
          loading={asked.isPending}
          dataSource={shown?.items ?? []}
          pagination={false}
          locale={{ emptyText: asked.isPending ? ' ' : (empty ?? <Nothing />) }}
          columns={columns.map(({ key, title, show, align, width }) => ({
            key,
            title,
            render: (_: unknown, item: Item) => show(item),
            ...(align === undefined ? {} : { align }),
            ...(width === undefined ? {} : { width }),
          }))}
          {...(onOpen ? { onRow: (item) => ({ onClick: () => onOpen(item), className: 'opens' }) } : {})}
          {...(selection
            ? {
                rowSelection: {
                  selectedRowKeys: [...selection.keys],
                  onChange: (_keys: unknown, items: Item[]) => selection.choose(items),
                },
              }
            : {})}
        />
      </WideTable>
      {paging.page > 1 || (shown?.nextCursor ?? null) !== null ? (
        <nav className="list-foot">
          <Button disabled={paging.page === 1} onClick={paging.previous}>
            {words.previous}
          </Button>
          <span>{words.page(paging.page)}</span>
          <Button
            disabled={(shown?.nextCursor ?? null) === null || asked.isPlaceholderData}
            onClick={() => paging.next(shown?.nextCursor ?? '')}
          >
            {words.next}
          </Button>
        </nav>
      ) : null}
    </section>
  );
}

function ExportMenu<Name extends Listing>({
  name,
  parts,
  columns,
  filename,
}: Pick<Props<Name>, 'name' | 'parts' | 'columns' | 'filename'>) {
  const words = useWords(kitWords);
  const language = useLanguage();
  const mayTakeWhole = useMay('exports.make');
  const [busy, setBusy] = useState(false);
  const [error, setError] = useState<Error | null>(null);
  const [notes, holder] = message.useMessage();
  const save = async (kind: 'csv' | 'xlsx') => {
    setBusy(true);
    setError(null);
    try {
      const most = mayTakeWhole ? gatheredMax.withServer : gatheredMax.alone;
      const { rows, cut } = await readRows(name, parts, columns, most);
      if (cut && mayTakeWhole) {
        saveFile(await wholeList(name, parts, kind, language), `${filename}.${kind}`);
        notes.success(words.exportedWhole);
        return;
      }
      const titles = columns.map(({ title }) => title);
      saveFile(kind === 'csv' ? csvOf(titles, rows) : await xlsxOf(titles, rows), `${filename}.${kind}`);
      if (cut) notes.warning(words.exportCut(rows.length));
      else notes.success(words.exported(rows.length));
    } catch (cause) {
      setError(cause instanceof Error ? cause : new Error(String(cause)));
    } finally {
      setBusy(false);
    }
  };
  return (
    <>
      {holder}
      <ErrorNote error={error} />
      <Dropdown
        trigger={['click']}
        menu={{
          items: [
            { key: 'csv', label: words.exportCsv },
            { key: 'xlsx', label: words.exportXlsx },
          ],
          onClick: ({ key }) => void save(key === 'csv' ? 'csv' : 'xlsx'),
        }}
      >
        <Button loading={busy}>{words.export}</Button>
      </Dropdown>
    </>
  );
}
