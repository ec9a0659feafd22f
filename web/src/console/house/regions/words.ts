import { defineWords } from '../../../ui/words.ts';

export const regionWords = defineWords({
  title: ['区域', 'Regions'],
  lead: [
    '一起管理的门店：员工在哪里、哪里收卡，可按区域定；改名处处一起改',
    'Stores that go together: where staff work and cards are good may go by them; a new name shows everywhere at once',
  ],
  add: ['新增区域', 'Add a region'],
  nothing: ['还没有区域。', 'No regions yet.'],
  name: ['名称', 'Name'],
  stores: ['门店', 'Stores'],
  noStores: ['没有门店', 'None'],
  state: ['状态', 'State'],
  active: ['在用', 'In use'],
  retired: ['已停用', 'Retired'],
  rename: ['改名', 'Rename'],
  place: ['移入门店', 'Bring stores in'],
  placeWhy: [
    '所选门店会离开原来的区域。按区域定的员工范围和收卡范围随之立刻改变。',
    'Stores leave the region that they are in now. Where staff work and cards are good changes with them at once.',
  ],
  choose: ['选门店', 'Stores to bring in'],
  retire: ['停用', 'Retire'],
  takeUp: ['重新启用', 'Take up again'],
});
