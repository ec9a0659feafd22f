import type { AnswerOf } from '../../api/client.ts';
import { useWords } from '../../ui/words.ts';
import { stateWords } from './words.ts';

/** An import with its columns and first rows. */
export type Import = AnswerOf<'GET /v1/imports/{id}'>;

const looks: Readonly<Record<Import['state'], string>> = {
  reading: 'mark look',
  failed: 'mark stop',
  read: 'mark look',
  checking: 'mark look',
  checked: 'mark look',
  applying: 'mark look',
  applied: 'mark good',
  reversing: 'mark look',
  reversed: 'mark stop',
  cancelled: 'mark',
};

/** How far an import is, in a word. */
export function ImportState({ state }: Pick<Import, 'state'>) {
  const words = useWords(stateWords);
  return <span className={looks[state]}>{words[state]}</span>;
}

/** Whether it goes on by itself, so that it is worth looking again. */
export function isMoving({ state }: Pick<Import, 'state'>): boolean {
  return state === 'reading' || state === 'checking' || state === 'applying' || state === 'reversing';
}
