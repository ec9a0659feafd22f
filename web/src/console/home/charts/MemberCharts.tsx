import type { AnswerOf } from '../../../api/client.ts';
import { localeOf, useLanguage, useWords } from '../../../ui/words.ts';
import { homeWords } from '../words.ts';
import { series, useDrawing } from './drawing.ts';
import { type Line, OverTime } from './OverTime.tsx';

type ValuePoint = AnswerOf<'GET /v1/reports/stored-value'>['points'][number];
type MemberPoint = AnswerOf<'GET /v1/reports/members'>['points'][number];

/** What members held prepaid at the end of each day, over what they paid in, were given and spent in it. */
export function ValueChart({ rows, currency }: { readonly rows: ValuePoint[]; readonly currency: string }) {
  const words = useWords(homeWords);
  const { lengthOf, money, axis } = useDrawing(currency);
  return (
    <OverTime
      label={words.value}
      filename="stored-value"
      points={rows}
      axis={axis}
      text={money}
      lengthOf={lengthOf}
      lines={[
        { name: words.principal, kind: 'line', color: series.outstanding, of: ({ principal }) => principal },
        { name: words.bonus, kind: 'line', color: series.given, of: ({ bonus }) => bonus },
        { name: words.loaded, kind: 'bar', color: series.sold, of: ({ loaded }) => loaded },
        { name: words.spent, kind: 'bar', color: series.redeemed, of: ({ spent }) => spent },
      ]}
    />
  );
}

/** How many members there were at the end of each day, over who joined and who bought in it. */
export function MembersChart({ rows }: { readonly rows: MemberPoint[] }) {
  const words = useWords(homeWords);
  const locale = localeOf(useLanguage());
  const { axis } = useDrawing('');
  const standing: Line<MemberPoint> = {
    ...{ name: words.members, kind: 'line', color: series.outstanding },
    of: ({ members }) => members ?? 0,
  };
  const came: readonly Line<MemberPoint>[] = [
    { name: words.joined, kind: 'bar', color: series.sold, of: ({ joined }) => joined },
    { name: words.visits, kind: 'bar', color: series.redeemed, of: ({ visits }) => visits },
  ];
  return (
    <OverTime
      label={words.growth}
      filename="members"
      points={rows}
      axis={{ ...axis, minInterval: 1 }}
      text={(count) => count.toLocaleString(locale)}
      lengthOf={(count) => count}
      lines={rows.every(({ members }) => members === null) ? came : [standing, ...came]}
    />
  );
}
