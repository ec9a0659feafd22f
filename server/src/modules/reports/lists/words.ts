import { assert } from '../../../kernel/assert.ts';

/** What fields of answers are called at the head of a column, by the name that they have in the API. */
const inChinese = wordsIn(`
account 账户 activatedAt 激活时间 activation 激活方式 activityId 流水编号 actor 操作者 actorId 操作者编号 actorName 操作者
amount 金额 answer 答复 answerBy 答复期限 answered 已答复 answeredAt 答复时间 askedBy 申请人 asset 资产 attempts 尝试次数
available 可用 bad 有误 balance 余额 balanceAfter 之后余额 balanceMax 余额上限 base 基数 baseUrl 地址 batchId 批次 bearer 不记名
bearing 计息 became 已导入 billPpm 账单比例（百万分） birthdayPpm 生日倍数（百万分） bonus 赠送 bonusRuleId 赠送规则
bonusUntil 赠送有效期 by 由 bytes 字节数 canSignIn 可登录 cancelledAt 取消时间 captured 已扣 cardId 卡编号 categories 分类
category 分类 categoryId 分类编号 ceilings 额度 changes 变更 channel 渠道 channelId 渠道编号 closedAt 关闭时间 closedByName 关闭人
code 代码 column 列 command 操作 commissions 佣金 confirmed 已确认 corrected 更正为 cost 成本 count 数量 counted 清点
countedAt 清点时间 counterpartId 对方编号 created 新建 createdAt 创建时间 creditLimit 信用额度 currency 币种 date 日期
decidedAt 决定时间 decidedBy 决定人 denominations 面额 deposit 存款 detail 详情 details 详情 deviceId 设备编号 deviceName 设备
diff 变更内容 difference 差额 discount 折扣 disputed 有异议 done 已完成 downgrade 降级 drawn 已出单 earn 累积 email 邮箱
en 英文 endedAt 结束时间 ends 结束 endsAt 结束时间 endsNext 下一个到期 event 事件 eventId 事件编号 existing 已有 expected 应有
expiresAt 到期时间 expiry 到期 faceValue 面值 facts 事实 failure 失败原因 fileName 文件名 firstDay 首日 firstSerial 首张序号
format 格式 found 查得 from 起 giftId 礼品编号 given 给出 good 有效 graceDays 宽限天数 graceUntil 宽限至 heading 表头 headings 表头
held 预留 holder 持有人 id 编号 instalments 期数 isMine 本人所提 joinedAt 入会时间 keepsCash 自留现金 kept 保留 kind 种类 known 已知
language 语言 lapsesAt 失效时间 last4 末四位 lastAt 最近时间 lastDay 末日 lastFailure 最近失败 lastSeenAt 最近在线 lastSerial 末张序号
lastStatus 最近状态码 lastUsedAt 最近使用 lateRule 逾期规则 later 之后生效 least 至少 legalEntityId 法人编号 loaded 已充值 locked 已锁定
login 登录名 lowBalance 低余额 lowBelow 低于 mapping 列对应 marketing 营销许可 marketingAt 营销许可时间 maskedCode 卡号（遮盖）
maskedNumber 号码（遮盖） max 最大 medium 介质 memberId 会员编号 members 会员数 method 方式 min 最小 missingBonus 缺少的赠送
missingPoints 缺少的积分 missingPrincipal 缺少的本金 mostEarned 累积上限 name 名称 nameEn 英文名 nameZh 中文名 nettedAt 轧差时间
nextAt 下次时间 note 备注 number 号 occasion 场合 occurredAt 发生时间 openedAt 开启时间 openedByName 开启人 openingFloat 备用金
orderId 订单编号 outcome 结果 own 自有 ownerId 所属 ownership 归属 paid 已付 paidAt 付款时间 paidMembers 已发会员 pairedAt 配对时间
parentId 上级编号 party 往来方 partyId 往来方编号 pauseDaysMax 暂停天数上限 pausedFrom 暂停起 pausedUntil 暂停至 payeeId 收款方编号
payerId 付款方编号 pendingDays 待生效天数 period 周期 periodId 账期编号 permission 权限 permissions 权限 phone 手机号 pin 密码
pinLocked 密码锁定 plan 方案 points 积分 pool 资金池 postings 分录 ppm 比例（百万分） prefix 开头 price 价格 principal 本金
productId 商品编号 profit 利润 programId 卡方案编号 programVersion 卡方案版本 publicUrl 公开地址 purpose 用途 quantity 数量 range 范围
ratios 比例 reason 原因 redemptionId 核销编号 reference 参考号 refunded 已退 refundedBonus 已退赠送 refundedPrincipal 已退本金
refused 被拒 region 区域代码 regionName 区域名称 regions 区域 registration 登记号 relatedId 相关编号 releasedAt 放行时间 reloadable 可充值 reminders 提醒
replacedBy 补为 replaces 补自 returned 已退 reversal 冲正 reversed 已冲正 revision 修订 revokedAt 停用时间 role 角色 roleId 角色编号
row 行 rule 规则 rules 规则 saidAt 说明时间 salePrice 售价 scope 范围 sellers 售出方 serial 序号 sha256 校验值 skipped 已跳过 sku 货号
soldAt 售出时间 soldStoreId 售出门店 source 来源 span 时长 spend 抵扣 staffId 员工编号 startsAt 开始时间 state 状态 status 状态
step 步长 steps 阶梯 stock 库存 store 门店 storeId 门店编号 storeIds 门店编号 stores 门店 subjectId 对象编号 tags 标签 takenBack 已撤回
tender 收款方式 tenders 收款方式 text 内容 tiers 等级 toldAt 告知时间 total 总数 totals 合计 transaction 交易 transfer 转账
transferable 可转让 tries 尝试次数 type 类型 unit 单位 until 至 updated 已更新 usableUntil 可用至 usedAt 使用时间 usedBy 使用人
validFrom 有效期起 validUntil 有效期至（不含） validity 有效期 value 值 verb 动作 verified 已核对 version 版本 versionId 版本编号
voidedAt 作废时间 walletPpm 储值折扣（百万分） wants 需要 weighing 权重 weight 权重 with 以 withHolders 已在持有人手中 withdrawn 已撤销
worth 抵值 zh 中文 planUntil 方案有效期 birthday 生日 fields 自有字段 categoryIds 分类编号 productIds 商品编号
url 地址 description 说明 eventTypes 事件种类 disabledReason 停用原因 failingSince 失败始于 previousSecretUntil 旧密钥有效至 waiting 待送 dead 送不到
purchaseId 消费编号 relativeId 家人编号 relative 家人 payer 储值主人 paymentMax 单笔上限 dayMax 每日上限 leftToday 当日剩余 withDiscount 含会员折扣
templateId 券模板编号 minimum 使用门槛 cause 来由 topUpId 充值编号 usableFrom 可用自 off 优惠 most 最多减 issueMax 发放上限 issued 已发 used 已用 lapsed 已过期
cardNumber 会员卡号 phoneEnd 手机末四位 begunBy 开通方 endedBy 结束方 begunAt 开通时间 due 实付 refundable 可退 couponDiscount 优惠券抵扣
`);

function wordsIn(text: string): ReadonlyMap<string, string> {
  const words = new Map<string, string>();
  const parts = text.trim().split(/\s+/);
  for (const [place, name] of parts.entries()) {
    const said = parts[place + 1];
    if (place % 2 === 1) continue;
    assert(said !== undefined && !words.has(name), `${name} is said once`);
    words.set(name, said);
  }
  return words;
}

/** The head of the column for a field, such as `balance.principal`; undefined where no Chinese is known for it. */
export function headOf(path: readonly string[]): { readonly zh: string; readonly en: string } | undefined {
  const zh = path.map((name) => inChinese.get(name));
  if (zh.includes(undefined)) return undefined;
  const en = path.map(english).join(' · ');
  return { zh: zh.join(' · '), en: en.charAt(0).toUpperCase() + en.slice(1) };
}

function english(name: string): string {
  return name.replaceAll(
    /([a-z])([A-Z])/g,
    (_pair, end: string, begin: string) => `${end} ${begin.toLowerCase()}`,
  );
}
