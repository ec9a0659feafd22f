import type { AnswerOf } from '../../api/client.ts';
import { useWords } from '../../ui/words.ts';
import { approvalWords } from './words.ts';

type State = AnswerOf<'GET /v1/approvals/{id}'>['state'];
const tones: Readonly<Record<State, string>> = {
  pending: 'look',
  permitted: 'good',
  done: 'good',
  rejected: 'stop',
  withdrawn: 'quiet',
  expired: 'quiet',
};

export function ApprovalState({ state }: { readonly state: State }) {
  const words = useWords(approvalWords);
  return <span className={`mark ${tones[state]}`}>{words[state]}</span>;
}
