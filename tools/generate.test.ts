import { expect, test } from 'vitest';
import { mapOf } from './generate/moduleMap.ts';
import { normalise } from './generate/normalise.ts';
import { embed, transcriptOf } from './generate/recipes.ts';
import { moduleStrata } from './strata.ts';

test('what differs between runs of a recipe becomes words that still tell one thing from another', () => {
  const output = (card: string, other: string, port: number, time: string) =>
    `POST http://127.0.0.1:${port}/v1/x {"id":"${card}","a":"${other}","b":"${card}","createdAt":"${time}","balance":1000}`;
  const first = output(
    'card_01h455vb4pex5vsknk084sn02q',
    'card_00041061050r3gg28a1c60t3gf',
    41234,
    '2026-11-22T10:00:00.123Z',
  );
  const second = output(
    'card_7zzzzzzzzzzzzzzzzzzzzzzzzz',
    'card_00000000000000000000000001',
    8081,
    '2027-01-01T23:59:59+08:00',
  );
  expect(normalise(first)).toBe(normalise(second));
  expect(normalise(first)).toBe(
    'POST http://localhost:8080/v1/x {"id":"<card 1>","a":"<card 2>","b":"<card 1>","createdAt":"<time>","balance":1000}',
  );
});

test('codes and PINs are replaced, serials, amounts and plain words are not', () => {
  const text =
    '1001,ABCDEFGHJKMNPQRS42,12345678,5000\n{"code":"ABCD-EFGH-JKMN-PQRS-42","pin":"87654321"} CARD-RULES stay';
  expect(normalise(text)).toBe(
    '1001,<code 1>,<pin 1>,5000\n{"code":"<code 2>","pin":"<pin 2>"} CARD-RULES stay',
  );
});

test('the README shows a recipe as it ran, and a recipe that is gone fails', () => {
  const readme = 'before\n<!-- recipe:01-issue -->\nold\n<!-- /recipe -->\nafter\n';
  expect(embed(readme, () => 'curl\n#> {}\n')).toBe(
    'before\n<!-- recipe:01-issue -->\n```sh\ncurl\n#> {}\n```\n<!-- /recipe -->\nafter\n',
  );
  expect(() => embed(readme, () => undefined)).toThrow('01-issue');
});

test('a transcript has each step of a recipe and under it, as comments, what that step printed', () => {
  const steps = ['# One\na=1', 'echo "$a"', 'true'];
  expect(transcriptOf(steps, '\0\n1\n2\0\n\0\n')).toBe('# One\na=1\n\necho "$a"\n#> 1\n#> 2\n\ntrue\n');
});

test('the module map lists doors and imports, the highest module first', () => {
  const from = 'server/src/modules';
  const graph = {
    violations: [],
    modules: [
      { source: `${from}/ledger/index.ts`, dependencies: [{ resolved: 'server/src/kernel/money.ts' }] },
      {
        source: `${from}/cards/redeem.ts`,
        dependencies: [{ resolved: `${from}/ledger/index.ts` }, { resolved: `${from}/cards/card.ts` }],
      },
      { source: `${from}/cards/card.test.ts`, dependencies: [{ resolved: `${from}/people/index.ts` }] },
    ],
  };
  const doors: Record<string, string> = {
    [`${from}/ledger/index.ts`]: `export { post, type Account } from './account.ts';\nexport const assets = 1;\n`,
    [`${from}/cards/index.ts`]: `export type { Card } from './card.ts';\nexport function redeem() {}\n`,
  };
  const height = moduleStrata.findIndex((names) => names.includes('cards')) + 1;
  expect(mapOf(graph, (path) => doors[path] ?? '')).toBe(
    [
      '| stratum | module | its door | imports of modules |',
      '| --- | --- | --- | --- |',
      `| ${height} | **cards** | \`redeem\` \`Card\` | ledger |`,
      '| 1 | **ledger** | `assets` `post` `Account` | – |',
      '',
    ].join('\n'),
  );
});
