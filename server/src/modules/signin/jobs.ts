import type { Job } from '../../platform/jobs/runner.ts';
import { noteDevicesSeen } from '../merchants/index.ts';
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
        const seen = uses.flatMap(({ merchantId, deviceId, usedAt }) =>
          deviceId === null ? [] : [{ merchantId, deviceId, usedAt }],
        );
        // A device once: of several who use it the last counts.
        const last = new Map(
          seen.toSorted((a, b) => +a.usedAt - +b.usedAt).map((use) => [use.deviceId, use]),
        );
        if (last.size > 0) await desk.note((db) => noteDevicesSeen(db, [...last.values()]));
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
