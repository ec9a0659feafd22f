import { createRootRoute, createRoute, createRouter, type RouteComponent } from '@tanstack/react-router';
import { Frame, Missing } from './Frame.tsx';
import { RecentPage } from './recent/RecentPage.tsx';
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
      page('/', TakePage),
      page('/sell', SellPage),
      page('/recent', RecentPage),
      page('/shift', ShiftPage),
    ]),
  ]),
});
