import type { InChinese } from './inChinese.ts';

/** Of what comes from another system. */
export const imports: InChinese = {
  tags: { Imports: '导入' },

  summaries: {
    postImports: '上传会员或商品文件（CSV 或 xlsx）；执行导入之前不产生任何影响',
    getImports: '导入列表，最新的在前',
    getImportsId: '读取一次导入：进度、检查结果、导入结果，以及文件的前几行',
    getImportsIdProblems: '不能导入的行及原因，按文件中的顺序',
    getImportsIdRows: '每一行的导入结果与撤销结果',
    postImportsIdCheck: '按所选的列逐行检查文件，不作任何改动',
    postImportsIdApply: '按检查结果导入合格的行；超过限额须第二人复核',
    postImportsIdReverse: '撤销整次导入：收回剩余部分，并撤下此后没有任何活动的会员',
    postImportsIdCancel: '放弃尚未执行的导入，文件随即清除',
    postImportsIdTakeProblems: '下载不合格的行及原因（CSV）；会记录何人下载',
    postImportsIdTakeFile: '在保留期内下载原文件；会记录何人下载',
  },

  descriptions: {
    'What stands in the file.': '文件中的内容。',
    'Which column, counted from 0, holds which field; as it was guessed if left out.':
      '各字段在第几列（从 0 数起）；不填则按系统的判断。',
    'Of members and goods that are there already. skip: such a row does nothing; update: balances are added, goods are changed.':
      '已有的会员与商品如何处理。skip：该行不作改动；update：会员加上余额，商品按文件修改。',
    'The store that answers for the balances; null: the merchant.': '为这些余额负责的门店；空：总部。',
    'Leaves out the rows that are not good.': '略过不合格的行。',
    'Of the file as it was sent, in hex.': '原文件的校验值，十六进制。',
    'Rows below the headings.': '标题以下的行数。',
    'How many of them were gone through in this state.': '当前步骤已处理的行数。',
    'What the last look through it found; known: of the good ones, those that are there already.':
      '最近一次检查的结果；known：合格行中已有的会员或商品。',
    'What applying it came to.': '导入的结果。',
    'What taking it back came to; missing: spent or paid out by then.':
      '撤销的结果；missing：撤销之前已花掉或退出的部分。',
    "What columns may be; with a label where it is a field of the merchant's own, `fields.<key>`.":
      '列可以对应的字段；商户自定义字段写作 `fields.<key>`，并带名称。',
    "The columns of the merchant's own fields of members, by their keys.":
      '商户自定义会员字段对应的列，按字段键名。',
    'The first rows; none once the file was forgotten.': '前几行；文件清除之后为空。',
    'As a spreadsheet shows it: the headings are mostly row 1.':
      '与表格软件显示的行号一致：标题通常是第 1 行。',
    'Counted from 0.': '从 0 数起。',
    'Why it was refused: a code of docs/errors.md.': '未能导入的原因：docs/errors.md 中的代码。',
    'Only those of which something was spent before it could be taken back.':
      '仅列出撤销之前已花掉一部分的行。',
  },
};
