export { type NewSecret, newSecret } from './apiKey.ts';
export { type CreateApiKeyInput, createApiKey } from './createApiKey.ts';
export { gate, systemKeyId } from './gate.ts';
export { type Permission, permissions, permissionWords, type Role, roles } from './permissions.ts';
export { peopleRoutes } from './routes.ts';
export { actorForRead, findKeyByHash, type KeyUse, noteKeyUses, peopleSql } from './store.ts';
