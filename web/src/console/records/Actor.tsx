import type { ItemOf } from '../../api/client.ts';
import { useWords } from '../../ui/words.ts';
import { auditWords } from './words.ts';

export type Acted = ItemOf<'GET /v1/activities'>['actor'];

/** Names whoever did something, and the device they did it on. */
export function useActorText(): (actor: Acted) => string {
  const words = useWords(auditWords);
  return ({ kind, name, id, deviceName }) => {
    const who = kind === 'system' ? words.system : (name ?? id);
    return deviceName === null ? who : `${who} · ${deviceName}`;
  };
}
