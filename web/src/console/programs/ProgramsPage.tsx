import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useMay } from '../../ui/session.ts';
import { useLanguage, useWords } from '../../ui/words.ts';
import { type Column, momentColumn, textColumn } from '../kit/columns.tsx';
import { ListTable } from '../kit/ListTable.tsx';
import { Guarded, Nothing } from '../kit/Notes.tsx';
import { Page } from '../kit/Page.tsx';
import { kitWords } from '../words.ts';
import { type Program, validityText, valuesText } from './terms.ts';
import { programWords } from './words.ts';

export function ProgramsPage() {
  const words = useWords(programWords);
  const navigate = useNavigate();
  const may = useMay('programs.write');
  const add = may ? (
    <Link to="/programs/new">
      <Button type="primary">{words.add}</Button>
    </Link>
  ) : null;
  return (
    <Guarded by="programs.read">
      <Page title={words.title} lead={words.lead} actions={add}>
        <ListTable
          name="GET /v1/card-programs"
          parts={{}}
          columns={useProgramColumns()}
          rowKey={({ id }) => id}
          filename="programs"
          empty={<Nothing text={words.nothing} action={add} />}
          onOpen={({ id }) => void navigate({ to: '/programs/$id', params: { id } })}
        />
      </Page>
    </Guarded>
  );
}

function useProgramColumns(): readonly Column<Program>[] {
  const words = useWords(programWords);
  const kit = useWords(kitWords);
  const language = useLanguage();
  const flag = (key: 'pin' | 'bearer' | 'reloadable' | 'transferable', title: string) =>
    textColumn<Program>({ key, title }, (program) => (program[key] ? words.yes : words.no));
  return [
    textColumn({ key: 'name', title: words.name }, ({ name }) => name[language]),
    textColumn({ key: 'values', title: words.denominations }, (program) => valuesText(program, language)),
    textColumn({ key: 'validity', title: words.validity }, ({ validity }) =>
      validityText(validity, language),
    ),
    textColumn({ key: 'medium', title: words.medium }, ({ medium }) => words[medium]),
    flag('pin', words.pin),
    flag('bearer', words.bearer),
    flag('reloadable', words.reloadable),
    flag('transferable', words.transferable),
    {
      key: 'state',
      title: words.state,
      show: ({ state }) => (
        <span className={`mark ${state === 'active' ? 'good' : 'quiet'}`}>{words[state]}</span>
      ),
      cell: ({ state }) => words[state],
    },
    momentColumn({ key: 'created', title: kit.created }, ({ createdAt }) => createdAt),
  ];
}
