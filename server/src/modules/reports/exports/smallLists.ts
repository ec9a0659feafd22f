import { encodeId } from '../../../kernel/id.ts';
import type { Db } from '../../../platform/db/statement.ts';
import { type Cell, decimal } from '../../../platform/files/table.ts';
import type { ReadContext } from '../../../platform/http/route.ts';
import { serialText } from '../../cards/index.ts';
import { type ExportedList, exportedList, type Place, start, time } from './list.ts';
import * as store from './store.ts';

type Row = { readonly id: string };
type Columns = readonly (readonly [zh: string, en: string])[];

const rowsAtOnce = 1_000;

/** A list that is walked by ids and narrowed by nothing but what its reader may see. */
function byId<One extends Row>(
  facts: Pick<ExportedList, 'name' | 'title' | 'permission'> & { readonly columns: Columns },
  part: (db: Db, merchantId: string, part: store.Part) => Promise<One[]>,
  cells: (row: One, merchantId: string) => readonly Cell[],
): ExportedList {
  return exportedList({
    ...facts,
    filters: {},
    columns: facts.columns.map(([zh, en]) => ({ zh, en })),
    async page(db: Db, _filter: object, after: Place, { merchantId, actor }: ReadContext) {
      const storeIds = actor.storeIds && [...actor.storeIds];
      const asked = { after: after === start ? null : after, storeIds, limit: rowsAtOnce };
      const rows = await part(db, merchantId, asked);
      const next = rows.length < rowsAtOnce ? undefined : rows.at(-1)?.id;
      return { rows: rows.map((row) => cells(row, merchantId)), next };
    },
  });
}

const state = ['状态', 'State'] as const;
const created = ['创建时间', 'Created at'] as const;

/** Lists of some hundreds of rows; the accounts of a ledger among them, which are read alike. */
export const smallLists: readonly ExportedList[] = [
  byId(
    {
      name: 'stores',
      title: { zh: '门店', en: 'Stores' },
      permission: 'stores.read',
      columns: [['编号', 'Id'], ['代码', 'Code'], ['名称', 'Name'], ['区域', 'Region'], state],
    },
    store.storePart,
    (row) => [encodeId('store', row.id), row.code, row.name, row.region, row.state],
  ),
  byId(
    {
      name: 'devices',
      title: { zh: '设备', en: 'Devices' },
      permission: 'stores.read',
      columns: [['编号', 'Id'], ['名称', 'Name'], ['门店', 'Store'], state, created],
    },
    store.devicePart,
    (row) => [encodeId('dev', row.id), row.name, row.store, row.state, time(row.createdAt)],
  ),
  byId(
    {
      name: 'staff',
      title: { zh: '员工', en: 'Staff' },
      permission: 'people.read',
      columns: [['编号', 'Id'], ['姓名', 'Name'], ['登录名', 'Login'], ['角色', 'Role'], state, created],
    },
    store.staffPart,
    (row) => [encodeId('stf', row.id), row.name, row.login, row.role, row.state, time(row.createdAt)],
  ),
  byId(
    {
      name: 'api-keys',
      title: { zh: '密钥', en: 'API keys' },
      permission: 'people.read',
      columns: [
        ['编号', 'Id'],
        ['名称', 'Name'],
        ['开头', 'Prefix'],
        ['停用时间', 'Revoked at'],
      ],
    },
    store.keyPart,
    (row) => [encodeId('key', row.id), row.name, row.prefix, time(row.revokedAt)],
  ),
  byId(
    {
      name: 'card-programs',
      title: { zh: '卡方案', en: 'Card programs' },
      permission: 'programs.read',
      columns: [
        ['编号', 'Id'],
        ['中文名', 'Chinese name'],
        ['英文名', 'English name'],
        ['币种', 'Currency'],
        ['版本', 'Version'],
      ],
    },
    store.programPart,
    (row) => [encodeId('prog', row.id), row.nameZh, row.nameEn, row.currency, row.version],
  ),
  byId(
    {
      name: 'card-batches',
      title: { zh: '制卡批次', en: 'Card batches' },
      permission: 'batches.read',
      columns: [
        ['编号', 'Id'],
        ['首张序号', 'First serial'],
        ['数量', 'Quantity'],
        state,
        ['失败原因', 'Failure'],
        created,
      ],
    },
    store.batchPart,
    (row) => [
      encodeId('batch', row.id),
      serialText(row.firstSerial),
      row.quantity,
      row.status,
      row.failure,
      time(row.createdAt),
    ],
  ),
  byId(
    {
      name: 'accounts',
      title: { zh: '账户', en: 'Accounts' },
      permission: 'ledger.read',
      columns: [
        ['编号', 'Id'],
        ['所属', 'Owner'],
        ['用途', 'Purpose'],
        ['条款', 'Terms'],
        ['币种', 'Asset'],
        ['余额', 'Balance'],
        ['预留', 'Held'],
        state,
      ],
    },
    store.accountPart,
    (row, merchantId) => [
      encodeId('acct', row.id),
      encodeId(row.ownerId === merchantId ? 'mer' : row.purpose === 'card' ? 'card' : 'store', row.ownerId),
      row.purpose,
      row.detail,
      row.asset,
      decimal(row.balance, row.asset),
      decimal(row.held, row.asset),
      row.state,
    ],
  ),
];
