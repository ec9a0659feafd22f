import type { AnswerOf } from '../../api/client.ts';
import type { Entry } from '../till.ts';

/** What the counter sees of a member, and by which code of theirs: one that has paid nothing yet. */
export type Picture = AnswerOf<'GET /v1/member-lookups'>['items'][number] & {
  readonly code?: string | undefined;
};

/** Something that was done for a member: in large letters, and what its receipt is of. */
export type MemberDeed = {
  readonly title: string;
  readonly figure: string;
  readonly note: string;
  readonly entry?: Entry;
};

/** What stands below a member: it acts, and says what it did. */
export type PanelProps = {
  readonly picture: Picture;
  readonly onDone: (deed: MemberDeed) => void;
  /** Has their code asked for anew. */
  readonly onStale: () => void;
};
