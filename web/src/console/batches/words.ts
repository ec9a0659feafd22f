import { defineWords } from '../../ui/words.ts';

export const batchWords = defineWords({
  title: ['批次', 'Batches'],
  lead: [
    '一次制一批卡；卡号与密码只交付一次',
    'Cards are made by the batch; their codes are handed out once',
  ],
  add: ['制一批卡', 'Make a batch'],
  batch: ['批次', 'Batch'],
  nothing: ['还没有制过卡。', 'No cards have been made yet.'],
  program: ['卡种', 'Program'],
  faceValue: ['面值', 'Face value'],
  quantity: ['张数', 'Quantity'],
  quantityHint: ['一批最多 1,000,000 张', 'At most 1,000,000 a batch'],
  serials: ['序列号', 'Serials'],
  progress: ['进度', 'Progress'],
  pending: ['排队中', 'Waiting'],
  running: ['制作中', 'Being made'],
  ready: ['已制好', 'Made'],
  failed: ['失败', 'Failed'],
  released: ['卡号交付', 'Codes released'],
  notReleased: ['未交付', 'Not yet'],
  release: ['交付卡号', 'Release the codes'],
  releaseWhy: [
    '卡号与密码会作为一个 CSV 文件下载，只此一次：之后系统里再也没有它们。请在可信的电脑上操作，文件交给印卡方后立即删除。',
    'Codes and PINs come as one CSV file, this once: afterwards they are nowhere in the system. Do this on a computer you trust, and delete the file once the printer has it.',
  ],
  releaseCustody: [
    '我会保管好这个文件，并知道谁拿到它就能花这些卡',
    'I will keep this file safe, and know that whoever has it can spend these cards',
  ],
  releaseDone: [
    '文件已经下载。请确认打得开，再关掉这个窗口。',
    'The file has been downloaded. Make sure it opens before you close this.',
  ],
  seeCards: ['看这批卡', 'See its cards'],
  confirmFirst: ['请先勾选', 'Tick this first'],
});
