export { newSecret } from './apiKey.ts';
export { createApiKey } from './createApiKey.ts';
export { gate, systemKeyId } from './gate.ts';
export { peopleRoutes } from './routes.ts';
export { actorForRead, findKeyByHash, noteKeyUses, peopleSql } from './store.ts';
