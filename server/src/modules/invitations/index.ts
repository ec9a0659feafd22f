export { accept } from './accept.ts';
export { createOwner } from './first/createOwner.ts';
export { firstOwnerRoutes } from './first/routes.ts';
export { invite } from './invite.ts';
export { ownerInvitation } from './ownerLink.ts';
export { invitationRoutes, linkOf } from './routes.ts';
export { invitationsSql } from './store.ts';
