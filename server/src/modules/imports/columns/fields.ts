/** What is imported. */
export const importKinds = ['members', 'goods'] as const;
export type ImportKind = (typeof importKinds)[number];

/** What a column may be, in the order in which people are shown it. */
export const fields = {
  members: [
    'phone',
    'cardNumber',
    'name',
    'email',
    'language',
    'joinedAt',
    'principal',
    'bonus',
    'bonusUntil',
    'points',
    'plan',
    'planUntil',
    'birthday',
    'tags',
    'marketing',
    'marketingAt',
  ],
  goods: ['sku', 'nameZh', 'nameEn', 'category', 'price', 'cost', 'state'],
} as const satisfies Readonly<Record<ImportKind, readonly string[]>>;

export type MemberField = (typeof fields.members)[number];
export type GoodsField = (typeof fields.goods)[number];
export type Field = MemberField | GoodsField;

/** Without these there is nothing to import. */
export const neededFields: Readonly<Record<ImportKind, readonly Field[]>> = {
  members: ['phone'],
  goods: ['sku', 'nameZh', 'price'],
};

/** Which column of the file, counted from 0, holds a field. */
export type Mapping = { readonly [Name in Field]?: number | undefined } & {
  /** The same of the merchant's own fields of members, by their keys. */
  readonly fields?: Readonly<Record<string, number>> | undefined;
};

/** The column of each field that has one; the merchant's own are called `fields.<key>`. */
export function columnsOf({ fields: own = {}, ...known }: Mapping): readonly (readonly [string, number])[] {
  const named = Object.entries(own).map(([key, column]) => [`fields.${key}`, column] as const);
  const rest = Object.entries(known).flatMap(([name, column]) =>
    column === undefined ? [] : [[name, column] as const],
  );
  return [...rest, ...named];
}

/** A field of the merchant's own, by what people call it. */
export type OwnField = { readonly key: string; readonly label: { readonly zh: string; readonly en: string } };

/** What people call these columns. A heading is compared without blanks, marks and case. */
const headings: Readonly<Record<Field, readonly string[]>> = {
  phone: [
    '手机',
    '手机号',
    '手机号码',
    '电话',
    '联系电话',
    '会员手机',
    'phone',
    'mobile',
    'phonenumber',
    'tel',
  ],
  cardNumber: ['会员卡号', '卡号', '会员号', '会员编号', 'cardnumber', 'cardno', 'membernumber', 'memberno'],
  name: [
    '称呼',
    '姓名',
    '会员姓名',
    '会员名',
    '名字',
    '客户姓名',
    'name',
    'fullname',
    'membername',
    'customer',
  ],
  email: ['邮箱', '电子邮箱', '邮件', 'email', 'mail'],
  language: ['语言', 'language', 'lang'],
  joinedAt: ['入会日期', '入会时间', '开卡日期', '注册日期', '注册时间', 'joined', 'joinedat', 'joindate'],
  principal: [
    '余额',
    '本金',
    '储值余额',
    '本金余额',
    '账户余额',
    '卡内余额',
    'balance',
    'principal',
    'storedvalue',
  ],
  bonus: ['赠金', '赠送', '赠送余额', '赠送金额', '赠金余额', 'bonus', 'bonusbalance'],
  bonusUntil: ['赠送到期', '赠金有效期', '赠金到期', '赠金到期日', 'bonusuntil', 'bonusexpiry'],
  points: ['积分', '剩余积分', '可用积分', '积分余额', 'points', 'pointsbalance'],
  plan: [
    '卡种',
    '卡类型',
    '卡类别',
    '会员类型',
    '会员卡类型',
    'cardtype',
    'plan',
    'membership',
    'membershiptype',
  ],
  planUntil: [
    '到期日期',
    '到期日',
    '到期时间',
    '会员到期',
    '有效期至',
    '有效期',
    '截止日期',
    'expiry',
    'expirydate',
    'expires',
    'validuntil',
    'enddate',
  ],
  birthday: ['生日', '出生日期', '会员生日', 'birthday', 'birthdate', 'dateofbirth', 'dob'],
  tags: ['标签', '会员标签', '客户标签', 'tags', 'tag', 'labels'],
  marketing: ['营销同意', '同意营销', '接受营销', '同意推送', 'marketing', 'marketingconsent', 'optin'],
  marketingAt: [
    '同意日期',
    '同意时间',
    '营销同意日期',
    'marketingat',
    'consentat',
    'consentdate',
    'optindate',
  ],
  sku: ['货号', '商品编码', '编码', '商品编号', '条码', 'sku', 'code', 'itemcode', 'barcode'],
  nameZh: ['品名', '商品名称', '名称', '中文名', 'namezh', 'productname', 'title', 'name'],
  nameEn: ['英文名', '英文名称', 'nameen', 'englishname'],
  category: ['类别', '分类', '商品分类', '品类', 'category'],
  price: ['售价', '单价', '价格', '零售价', 'price', 'unitprice'],
  cost: ['成本', '成本价', '进价', 'cost', 'unitcost'],
  state: ['状态', '是否在售', 'state', 'status'],
};

const plain = (heading: string): string =>
  heading
    .normalize('NFKC')
    .toLowerCase()
    .replaceAll(/[^\p{L}\p{N}]/gu, '');

const hasHan = (text: string): boolean => /\p{Script=Han}/u.test(text);

/**
 * Which column is probably what, by what stands over it: first by the very words, then, in Chinese, by words within. Each
 * column is one field at most, and what is called as a field of the merchant's own is that.
 */
export function guessed(kind: ImportKind, over: readonly string[], own: readonly OwnField[] = []): Mapping {
  const columns = over.map(plain);
  const taken = new Set<number>();
  const mapping: { [Name in Field]?: number } = {};
  const ownColumns: Record<string, number> = {};
  for (const { key, label } of kind === 'members' ? own : []) {
    const called = [label.zh, label.en, key].map(plain);
    const column = columns.findIndex((heading, at) => !taken.has(at) && called.includes(heading));
    if (column < 0) continue;
    taken.add(column);
    ownColumns[key] = column;
  }
  const isCalled = (heading: string, word: string) => heading === word;
  const speaksOf = (heading: string, word: string) => hasHan(word) && heading.includes(word);
  for (const fits of [isCalled, speaksOf]) {
    for (const field of fields[kind]) {
      if (mapping[field] !== undefined) continue;
      const column = columns.findIndex(
        (heading, at) => !taken.has(at) && headings[field].some((word) => fits(heading, plain(word))),
      );
      if (column < 0) continue;
      taken.add(column);
      mapping[field] = column;
    }
  }
  return taken.size > Object.keys(mapping).length ? { ...mapping, fields: ownColumns } : mapping;
}
