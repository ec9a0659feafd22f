export { type Channels, openChannels } from './channels.ts';
export { noticeJobs, queueMessage } from './jobs.ts';
export { noticeRoutes } from './routes.ts';
