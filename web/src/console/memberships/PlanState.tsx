import { useWords } from '../../ui/words.ts';
import type { Plan } from './plan.ts';
import { planWords } from './words.ts';

/** Whether a card type is sold. */
export function PlanState({ state }: Pick<Plan, 'state'>) {
  const words = useWords(planWords);
  return <span className={`mark ${state === 'active' ? 'good' : 'quiet'}`}>{words[state]}</span>;
}
