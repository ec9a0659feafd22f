import type { Job } from '../../platform/jobs/runner.ts';
import type { Desk } from './parts.ts';
import type { Sessions } from './session/registry.ts';
import { deleteSpent, noteSessionUses } from './session/store.ts';

/** Notes which sessions were used, and takes away what nobody can use any more. */
export function signinJobs(desk: Desk, sessions: Sessions, clock: () => Date): readonly Job[] {
  return [
    {
      name: 'signin.noteUses',
      everyMs: 5_000,
      async run() {
        const uses = sessions.takeUses();
        if (uses.length > 0) await desk.note((db) => noteSessionUses(db, uses));
        return false;
      },
    },
    {
      name: 'signin.deleteSpent',
      everyMs: 600_000,
      async run() {
        await desk.note((db) => deleteSpent(db, clock()));
        return false;
      },
    },
  ];
}
