import { expect, test } from 'vitest';
import type { Load } from '../../../platform/executor/workingSet.ts';
import { WorkingSet } from '../../../platform/executor/workingSet.ts';
import { gate } from '../../people/index.ts';
import { sessionGate, sessionLead } from './gate.ts';

const idOf = (n: number) => `01900000-0000-7000-8000-${String(n).padStart(12, '0')}`;
const now = new Date('2026-03-01T08:00:00Z');

const key = {
  ...{
    id: idOf(1),
    kind: 'secret',
    name: 'Till',
    prefix: 'sk_',
    secretHash: Buffer.alloc(32),
    deviceId: null,
  },
  ...{ role: 'clerk', permissions: new Set(), storeIds: null, ceilings: new Map(), createdAt: now },
  ...{ staffId: null, expiresAt: null, revokedAt: null },
};
const member = {
  ...{
    id: idOf(2),
    name: 'Li Na',
    role: 'clerk',
    roleId: null,
    storeIds: null,
    regions: null,
    limits: new Map(),
  },
  ...{ personId: idOf(9), login: null, state: 'active', createdAt: now },
};

/** Which look-ups it takes to know who somebody is, in rounds. */
async function asked(
  knows: typeof gate,
  keyId: string,
  rows: Readonly<Record<string, unknown>>,
): Promise<string[][]> {
  const set = new WorkingSet(idOf(7));
  const rounds: string[][] = [];
  for (;;) {
    knows(set, keyId, now);
    if (!set.hasMissing()) return rounds;
    const round: string[] = [];
    const load: Load = async (finder) => {
      round.push(finder.name);
      const row = rows[finder.name];
      // The rows above stand under the names of their own finders.
      return (row === undefined ? [] : [row]) as never;
    };
    await set.fetch(load);
    rounds.push(round.sort());
  }
}

test('that people sign in costs who comes with a key no look-up', async () => {
  const rows = { 'apiKey.byId': key, 'staff.byId': member };
  for (const knows of [gate, sessionGate]) {
    expect(await asked(knows, key.id, rows)).toEqual([['apiKey.byId']]);
    const ofStaff = { ...rows, 'apiKey.byId': { ...key, staffId: member.id } };
    expect(await asked(knows, key.id, ofStaff)).toEqual([['apiKey.byId'], ['staff.byId']]);
  }
  const session = {
    ...{ id: idOf(3), personId: idOf(9), staffId: member.id, state: 'signed_in', provenAt: now },
    ...{ deviceId: null, byPin: false },
    ...{ createdAt: now, lastUsedAt: now, endsAt: new Date(now.getTime() + 1), endedAt: null },
  };
  expect(await asked(sessionGate, sessionLead + session.id, { ...rows, 'session.byId': session })).toEqual([
    ['policy.ofMerchant', 'session.byId'],
    ['staff.byId'],
  ]);
});
