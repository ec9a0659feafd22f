import { globSync, readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { isPermission } from '../people/index.ts';
import { eventTypeWords } from './events.ts';

// What is written to the log is read off the sources: each word of theirs that could be a kind of activity is one that is
// sent, one that never is, or something else that is named here.

const sourceFolder = new URL('../../', import.meta.url);

/** Never sent, each for its reason. */
const neverSent: ReadonlySet<string> = new Set([
  // What a till or a holder tried; it is in the card's history.
  ...['card.not_recognised', 'recharge_card.not_recognised', 'card.verified', 'card.reversal_unmatched'],
  // What the house does for itself.
  ...['ledger.unfrozen', 'service.restored', 'merchant.created', 'member.resealed', 'member_fields.set'],
  // What somebody does at their own desk or phone.
  ...['view.changed', 'view.removed', 'view.saved', 'image.added', 'export.made', 'member.signed_out'],
  ...['settlement_statement.downloaded'],
  ...['member.phone_code_sent'],
  // What was spent before it ended.
  ...['wallet.lots_closed'],
  // A secret is on its way; that it arrived is news.
  ...['device.pairing_begun', 'invitation.resent', 'merchant.pass_keys_set'],
  // Of an import the whole is news, and not each of a hundred thousand rows.
  ...['import.was_read', 'import.check_started', 'import.block_applied', 'import.block_reversed'],
  ...['import.taken_out', 'member.imported', 'member.import_reversed'],
  ...['membership.imported', 'membership.import_reversed'],
  // What happens to endpoints is not told to endpoints, but that one was given up.
  ...['webhook.created', 'webhook.resent', 'webhook.secret_rotated', 'webhook.updated'],
]);

/** Names of fields that a refusal is about. */
const fields: ReadonlySet<string> = new Set([
  'apple.certificate',
  'payment.amount',
  'payment.tender',
  'weighing.given',
]);

/** What stands for several kinds. */
const patterns: Readonly<Record<string, readonly string[]>> = {
  'approval.${state}': ['approval.rejected', 'approval.withdrawn'],
  'hold.${state}': ['hold.expired', 'hold.released'],
};

/** Words in each file that declares a use case. */
function wordsOf(text: string): string[] {
  const code = text.replaceAll(/^\s*(?:\/\/|\/?\*).*$/gm, '');
  const plain = [...code.matchAll(/'([a-z_]+\.[a-z_]+)'/g)].map(([, word = '']) => word);
  const made = [...code.matchAll(/type: `([^`]*)`/g)].map(([, pattern = '']) => pattern);
  return [...plain, ...made.flatMap((pattern) => patterns[pattern] ?? [pattern])];
}

test('each kind of activity that a use case writes is one that is sent, or is said never to be', () => {
  const files = globSync(['modules/**/*.ts', 'operator/**/*.ts'], { cwd: sourceFolder })
    .filter((file) => !file.endsWith('.test.ts') && !file.startsWith('modules/webhooks/events'))
    .map((file) => readFileSync(new URL(file, sourceFolder), 'utf8'))
    .filter(
      (text) =>
        /\bactivities:|\bActivityDraft\b|\buseCase\(/.test(text) || text.includes("'approval.requested'"),
    );
  const written = new Set(files.flatMap(wordsOf));
  const names = new Set(
    files.flatMap((text) =>
      [...text.matchAll(/(?:name:|prolongation\(|enrolment\(|update\()\s*'([^']+)'/g)].map(
        ([, name]) => name,
      ),
    ),
  );
  const sent = new Set<string>(eventTypeWords);
  const unsaid = [...written].filter(
    (word) =>
      !sent.has(word) && !neverSent.has(word) && !names.has(word) && !fields.has(word) && !isPermission(word),
  );
  expect(unsaid).toEqual([]);
  // And no kind is offered, or kept back, that nobody writes any more.
  expect([...sent, ...neverSent].filter((word) => !written.has(word))).toEqual([]);
});

test('each kind of activity is named in the console in both languages, and no kind that nobody writes', () => {
  const words = readFileSync(new URL('../../web/src/console/records/events/words.ts', sourceFolder), 'utf8');
  const named = [...words.matchAll(/'([a-z_]+\.[a-z_]+)': \['[^']+', '[^']+'\]/g)].map(([, type]) => type);
  expect(new Set(named)).toEqual(new Set([...eventTypeWords, ...neverSent]));
});
