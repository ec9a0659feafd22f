import { createRootRoute, createRoute, createRouter, type RouteComponent } from '@tanstack/react-router';
import { Frame, Missing } from './Frame.tsx';
import { RecentPage } from './recent/RecentPage.tsx';
import { SellPage } from './sell/SellPage.tsx';
import { ShiftPage } from './shift/ShiftPage.tsx';
import { TakePage } from './take/TakePage.tsx';

const root = createRootRoute({ component: Frame, notFoundComponent: Missing });

const page = (path: string, component: RouteComponent) =>
  createRoute({ getParentRoute: () => root, path, component });

export const router = createRouter({
  basepath: '/counter',
  routeTree: root.addChildren([
    page('/', TakePage),
    page('/sell', SellPage),
    page('/recent', RecentPage),
    page('/shift', ShiftPage),
  ]),
});
