import { defineWords } from '../../ui/words.ts';

export const storeWords = defineWords({
  title: ['门店', 'Stores'],
  lead: ['卖卡与收卡的地方', 'Where cards are sold and taken'],
  add: ['新增门店', 'Add a store'],
  nothing: ['还没有门店。', 'No stores yet.'],
  edit: ['修改', 'Change'],
  code: ['编号', 'Code'],
  name: ['店名', 'Name'],
  region: ['区域', 'Region'],
  entity: ['法人主体', 'Legal entity'],
  noEntity: ['商家本身', 'The merchant itself'],
  state: ['状态', 'State'],
  open: ['营业', 'Open'],
  closed: ['停业', 'Closed'],
  entities: ['法人主体', 'Legal entities'],
  addEntity: ['新增法人', 'Add a legal entity'],
  registration: ['统一社会信用代码', 'Registration number'],
});

export const deviceWords = defineWords({
  title: ['设备', 'Devices'],
  lead: ['收银机、平板与手机；丢了可以立刻停用', 'Tills, tablets and phones; a lost one is cut off at once'],
  add: ['登记设备', 'Add a device'],
  nothing: ['还没有设备。', 'No devices yet.'],
  name: ['名称', 'Name'],
  store: ['门店', 'Store'],
  state: ['状态', 'State'],
  active: ['在用', 'Active'],
  revoked: ['已停用', 'Revoked'],
  revoke: ['停用', 'Revoke'],
  revokeWhy: ['停用后这台设备的密钥全部失效。', 'All keys of this device stop working.'],
});

export const staffWords = defineWords({
  title: ['员工', 'Staff'],
  lead: ['谁在这里工作，可以做什么', 'Who works here, and as what'],
  add: ['新增员工', 'Add staff'],
  nothing: ['还没有员工。', 'No staff yet.'],
  name: ['姓名', 'Name'],
  role: ['角色', 'Role'],
  state: ['状态', 'State'],
  active: ['在职', 'Active'],
  left: ['已离职', 'Left'],
  edit: ['修改', 'Change'],
});

export const roleWords = defineWords({
  owner: ['店主', 'Owner'],
  manager: ['经理', 'Manager'],
  finance: ['财务', 'Finance'],
  clerk: ['店员', 'Clerk'],
  issuer: ['制卡', 'Card issuer'],
  auditor: ['审计（只看）', 'Auditor (reads only)'],
  public: ['公开', 'Public'],
});

export const keyWords = defineWords({
  title: ['API 密钥', 'API keys'],
  lead: ['给程序和设备用；密钥只显示一次', 'For programs and devices; a key is shown once'],
  add: ['新建密钥', 'New key'],
  nothing: ['还没有密钥。', 'No keys yet.'],
  name: ['名称', 'Name'],
  nameHint: ['它给谁用，例如「静安寺店 1 号收银机」', 'Who uses it, such as “Till 1, Jing’an”'],
  starts: ['开头', 'Begins with'],
  role: ['角色', 'Role'],
  stores: ['门店', 'Stores'],
  allStores: ['所有门店', 'Every store'],
  used: ['最近使用', 'Last used'],
  never: ['从未', 'Never'],
  expires: ['到期', 'Expires'],
  state: ['状态', 'State'],
  active: ['有效', 'Active'],
  revoked: ['已吊销', 'Revoked'],
  revoke: ['吊销', 'Revoke'],
  revokeWhy: ['用它的程序会立刻停下来，不能恢复。', 'Whatever uses it stops at once. This cannot be undone.'],
  secret: ['密钥', 'Key'],
  once: ['只显示这一次，现在就存好。', 'Shown this once. Keep it now.'],
});

export const settingWords = defineWords({
  title: ['设置', 'Settings'],
  merchant: ['商家', 'Merchant'],
  name: ['名称', 'Name'],
  id: ['编号', 'Id'],
  currency: ['记账币种', 'Currency'],
  timezone: ['时区', 'Time zone'],
  me: ['我', 'Me'],
  role: ['角色', 'Role'],
  permissions: ['权限', 'Permissions'],
  language: ['语言', 'Language'],
  chinese: ['中文', '中文'],
  english: ['English', 'English'],
  documents: ['文档', 'Documents'],
  api: ['接口文档', 'API reference'],
  refusals: ['拒绝代码', 'Refusal codes'],
});
