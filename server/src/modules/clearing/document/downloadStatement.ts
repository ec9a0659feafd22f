import { refused } from '../../../kernel/outcome.ts';
import { accepted, useCase } from '../../../platform/executor/useCase.ts';
import { statementById, storeOfStatement } from '../period/period.ts';
import type { Language } from './words.ts';

type DownloadInput = {
  readonly id: string;
  readonly format: 'pdf' | 'xlsx';
  readonly language: Language;
};

/** Notes that a statement is taken out as a file: what leaves the house is told by the log. */
export const downloadStatement = useCase({
  name: 'settlement_statement.download',
  permission: 'settlement.read',
  movesValue: false,
  needs: ({ id }: DownloadInput, find) => ({ statement: find.one(statementById, id) }),
  ownerStoreOf: ({ statement }) => statement && storeOfStatement(statement),
  decide({ statement }, { format, language }) {
    if (!statement) return refused('settlement_statement_not_found');
    const storeId = storeOfStatement(statement);
    return accepted({
      activities: [
        {
          type: 'settlement_statement.downloaded',
          subjectId: statement.id,
          ...(storeId === null ? {} : { storeId }),
          details: { format, language },
        },
      ],
      changes: [],
      result: {},
    });
  },
});
