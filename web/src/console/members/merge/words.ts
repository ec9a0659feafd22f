import { defineWords } from '../../../ui/words.ts';

export const mergeReasonWords = defineWords({
  imported: ['导入时重复', 'Imported twice'],
  enrolled_twice: ['重复登记', 'Enrolled twice'],
  new_number: ['换了手机号', 'A new number'],
  other: ['其他', 'Other'],
});

export const mergeWords = defineWords({
  title: ['合并到另一名会员', 'Merge into another member'],
  begin: ['合并到…', 'Merge into…'],
  merge: ['合并', 'Merge'],
  why: [
    '同一个人有两份资料时使用。此会员名下的一切都转到留下的那一份；此份的姓名、手机号等被抹去，无法撤销。由第二个人批准后执行，旧手机号会收到通知。',
    'For when one person has two records. All that this member has goes over to the one who stays; name and number of this record are taken away for ever. A second person approves it first, and the old number is told.',
  ],
  phone: ['留下的会员的手机号', 'Number of the member who stays'],
  phoneHint: [
    '填完整的手机号；留下的一份保留自己的手机号与资料',
    'The whole number. Who stays keeps their number and profile',
  ],
  look: ['查看会发生什么', 'See what will happen'],
  lookFirst: ['请先查看会发生什么', 'See what will happen first'],
  nobody: ['没有会员用这个手机号。', 'No member has this number.'],
  reason: ['为什么有两份', 'Why there are two'],
  open: ['打开留下的会员', 'Open the one who stays'],
  cannot: ['现在不能合并', 'This cannot be done now'],
  goes: ['此份', 'This one'],
  stays: ['留下的', 'Who stays'],
  after: ['合并后', 'Then'],
  name: ['姓名', 'Name'],
  number: ['手机尾号', 'Number ends with'],
  hold: ['有一部分储值被预占：请先核销或释放。', 'Part of the wallet is held: capture or release it first.'],
  payment: [
    '有一笔支付还没有结果：请等它付清或过期。',
    'A payment is under way: wait until it is paid or has ended.',
  ],
  gift: [
    '有一件积分礼品在门店待领：请先交付或取消。',
    'A gift waits in a store: hand it over or cancel it first.',
  ],
  offer: [
    '有一张卡正在转赠：请收回，或等对方领取。',
    'A card is on offer: have it taken back, or wait until it is claimed.',
  ],
  complaint: ['有一件投诉还没有答复：请先答复。', 'A complaint has no answer: answer it first.'],
  unlike: [
    ' 请先退掉其中一份，或等它恢复、开始。',
    ' Cancel one of them first, or wait until it is resumed or begins.',
  ],
  birthday: ['生日', 'Birthday'],
  tags: ['标签', 'Tags'],
  principal: ['本金', 'Paid for'],
  bonus: ['赠金', 'Given'],
  later: ['待释放', 'Released later'],
  points: ['积分', 'Points'],
  pending: ['待生效积分', 'Points to come'],
  owed: ['欠积分', 'Points owed'],
  tier: ['等级', 'Tier'],
  membership: ['会籍到', 'Membership through'],
  cards: ['卡', 'Cards'],
  lots: ['逐笔转移', 'What goes over, lot by lot'],
  kind: ['类别', 'Kind'],
  amount: ['数额', 'Amount'],
  answers: ['由谁结算', 'Settles with'],
  from: ['可用自', 'Usable from'],
  until: ['可用至', 'Usable until'],
  noEnd: ['不到期', 'No end'],
  house: ['总部', 'The merchant'],
  topUps: [
    (count: number) => `${count} 笔充值之后仍可按原支付方式退款。`,
    (count: number) => `${count} top-ups can still go back to who paid them.`,
  ],
  days: [
    (count: number) => `另一份会籍剩余的 ${count} 天接在其后。`,
    (count: number) => `The ${count} days that are left of the other follow behind it.`,
  ],
  lost: [
    '姓名、生日和自定义字段以留下的一份为准；需要的请先抄过去。',
    'Name, birthday and own fields stay as they are with who stays; copy what is needed first.',
  ],
  gone: ['此会员已合并', 'This member was merged'],
  goneWhy: [
    '这一份资料已并入另一份，余额、积分、会籍与卡都在那里。',
    'This record is part of another one, where balance, points, membership and cards are.',
  ],
});
