import { useNavigate, useParams } from '@tanstack/react-router';
import { Alert, Button, Popconfirm, Skeleton } from 'antd';
import { useAsk, useCommand } from '../../ui/asking.ts';
import { useMay, useSession } from '../../ui/session.ts';
import { useLanguage, useWords } from '../../ui/words.ts';
import { Failed, Guarded } from '../kit/Notes.tsx';
import { Page } from '../kit/Page.tsx';
import { kitWords } from '../words.ts';
import { FacePicture } from './FacePicture.tsx';
import { ProgramForm } from './ProgramForm.tsx';
import { bodyOf, draftOf, newDraft } from './terms.ts';
import { programWords } from './words.ts';

export function NewProgramPage() {
  const words = useWords(programWords);
  const navigate = useNavigate();
  const { currency } = useSession().merchant;
  const create = useCommand('POST /v1/card-programs');
  return (
    <Guarded by="programs.write">
      <Page title={words.add} lead={words.lead}>
        <ProgramForm
          initial={newDraft}
          action={words.add}
          busy={create.isPending}
          error={create.error}
          onSave={(draft) =>
            create.mutate(
              { body: bodyOf(draft, currency) },
              { onSuccess: () => void navigate({ to: '/programs' }) },
            )
          }
        />
      </Page>
    </Guarded>
  );
}

export function ProgramPage() {
  const { id } = useParams({ strict: false });
  return <Guarded by="programs.read">{id === undefined ? null : <OneProgram id={id} />}</Guarded>;
}

function OneProgram({ id }: { readonly id: string }) {
  const words = useWords(programWords);
  const kit = useWords(kitWords);
  const language = useLanguage();
  const navigate = useNavigate();
  const may = useMay('programs.write');
  const { data: program, error, refetch } = useAsk('GET /v1/card-programs/{id}', { params: { id } });
  const edit = useCommand('PATCH /v1/card-programs/{id}');
  const retire = useCommand('POST /v1/card-programs/{id}/retire');
  if (error) return <Failed error={error} again={() => void refetch()} />;
  if (!program) return <Skeleton active />;
  const isActive = program.state === 'active';
  const actions =
    may && isActive ? (
      <Popconfirm
        title={words.retireWhy}
        okText={words.retire}
        cancelText={kit.cancel}
        onConfirm={() => retire.mutate({ params: { id }, body: {} })}
      >
        <Button danger loading={retire.isPending}>
          {words.retire}
        </Button>
      </Popconfirm>
    ) : null;
  return (
    <Page
      title={program.name[language]}
      lead={`${words.version} ${program.version} · ${isActive ? words.active : words.retired}`}
      actions={actions}
    >
      {may && isActive ? <Alert className="explain" type="info" title={words.editWhy} /> : null}
      <FacePicture programId={id} />
      <ProgramForm
        key={program.versionId}
        initial={draftOf(program)}
        programId={id}
        action={words.edit}
        busy={edit.isPending || !may || !isActive}
        error={edit.error ?? retire.error}
        onSave={(draft) => {
          const { kind: _kind, currency: _currency, ...body } = bodyOf(draft, program.currency);
          edit.mutate({ params: { id }, body }, { onSuccess: () => void navigate({ to: '/programs' }) });
        }}
      />
    </Page>
  );
}
