import type { Permission, Role } from './permissions.ts';

/** What each permission allows, in Chinese; `permissions` has it in English. */
export const permissionsZh: Readonly<Record<Permission, string>> = {
  'merchant.read': '查看商家名称、币种、时区，以及自己的身份。',
  'stores.read': '查看门店、法人主体与设备。',
  'stores.write': '新增、修改门店、法人主体与设备。',
  'people.read': '查看员工与 API 密钥（看不到密钥本身）。',
  'people.write': '新增、修改员工；创建、吊销 API 密钥。',
  'programs.read': '查看卡种。',
  'programs.write': '新建、修改、停用卡种。',
  'batches.read': '查看制卡批次及进度。',
  'batches.write': '发起制卡。',
  'batches.release': '取出一批卡的卡密，只能取一次。',
  'cards.read': '查看卡与流水（看不到卡密）。',
  'cards.activate': '激活已售出的卡；首次使用前可撤销激活。',
  'cards.verify': '验卡：查询一张卡能做什么。',
  'cards.redeem': '核销：用卡收款。',
  'cards.redeem_without_pin': '顾客持卡到店时免密码核销。',
  'cards.refund': '把已核销的金额退回卡上。',
  'cards.reverse': '按流水号冲正没有收到应答的交易。',
  'cards.hold': '预授权：冻结一笔金额，之后扣款或释放。',
  'cards.reload': '给卡充值。',
  'cards.adjust': '填写原因后调整卡余额。',
  'cards.freeze': '冻结与解冻卡。',
  'cards.extend': '延长卡的有效期，恢复已过期的卡。',
  'cards.void': '永久作废卡。',
  'cards.transfer': '把卡转给另一位持有人，换新卡密。',
  'cards.replace': '为遗失或损坏的卡补发新卡。',
  'cards.unlock_pin': '密码多次输错被锁后，解锁密码。',
  'ledger.read': '查看账户与试算平衡表。',
  'settlement.read': '查看门店之间的往来结算。',
  'approvals.read': '查看等待第二人复核的操作及其结果。',
  'approvals.decide': '作为第二人批准或驳回自己也有权办理的操作。',
};

/** What the built-in roles are called. */
export const roleNames: Readonly<Record<Role, { readonly zh: string; readonly en: string }>> = {
  owner: { zh: '所有者', en: 'Owner' },
  manager: { zh: '经理', en: 'Manager' },
  finance: { zh: '财务', en: 'Finance' },
  marketing: { zh: '市场', en: 'Marketing' },
  store_manager: { zh: '店长', en: 'Store manager' },
  clerk: { zh: '店员', en: 'Clerk' },
  issuer: { zh: '制卡', en: 'Card issuer' },
  auditor: { zh: '审计', en: 'Auditor' },
  public: { zh: '公开', en: 'Public' },
};
