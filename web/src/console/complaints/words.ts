import { defineWords } from '../../ui/words.ts';

export const complaintWords = defineWords({
  title: ['投诉', 'Complaints'],
  lead: [
    '会员在钱包里写给您的；答复一次，会员在钱包里看到',
    'What members wrote in their wallet; they read your one answer there',
  ],
  nothing: ['没有投诉。', 'No complaints.'],
  text: ['说了什么', 'What they say'],
  reference: ['单号', 'Receipt'],
  member: ['会员', 'Member'],
  state: ['状态', 'State'],
  anyState: ['全部', 'All'],
  open: ['待答复', 'To be answered'],
  answered: ['已答复', 'Answered'],
  at: ['时间', 'When'],
  answer: ['答复', 'Answer'],
  answeredWith: ['答复了什么', 'What was answered'],
  once: ['发出后不能再改。', 'It cannot be changed once it is sent.'],
  toMember: ['看这位会员', 'See this member'],
});
