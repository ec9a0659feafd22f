import { createRootRoute, createRoute, createRouter, type RouteComponent } from '@tanstack/react-router';
import { CustodyPage } from './custody/CustodyPage.tsx';
import { Frame, Missing } from './Frame.tsx';
import { guarded } from './Guarded.tsx';
import { MemberPage } from './member/MemberPage.tsx';
import { RecentPage } from './recent/RecentPage.tsx';
import { RechargePage } from './recharge/RechargePage.tsx';
import { PublicReceipt } from './result/PublicReceipt.tsx';
import { SellPage } from './sell/SellPage.tsx';
import { ShiftPage } from './shift/ShiftPage.tsx';
import { TakePage } from './take/TakePage.tsx';

const root = createRootRoute({ notFoundComponent: Missing });

/** What only staff see; a receipt is for whoever has its link. */
const frame = createRoute({ getParentRoute: () => root, id: 'staff', component: Frame });

const page = (path: string, component: RouteComponent) =>
  createRoute({ getParentRoute: () => frame, path, component });

const receipt = createRoute({
  getParentRoute: () => root,
  path: '/receipt/$merchantId/$token',
  component: PublicReceipt,
});

export const router = createRouter({
  basepath: '/counter',
  routeTree: root.addChildren([
    receipt,
    frame.addChildren([
      page('/', guarded('cards.verify', TakePage)),
      page('/sell', guarded('cards.activate', SellPage)),
      page('/member', guarded('members.read', MemberPage)),
      page('/boxes', guarded('custody.store', CustodyPage)),
      page('/recharge', guarded('rechargecards.use', RechargePage)),
      page('/recent', guarded('cards.read', RecentPage)),
      page('/shift', guarded('shifts.work', ShiftPage)),
    ]),
  ]),
});
