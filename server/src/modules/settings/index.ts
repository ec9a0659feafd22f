export { settingsRoutes } from './routes.ts';
export { settingsSql } from './store.ts';
