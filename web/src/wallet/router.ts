import { createRootRoute, createRoute, createRouter, type RouteComponent } from '@tanstack/react-router';
import { AddPage } from './cards/AddPage.tsx';
import { CardPage } from './cards/CardPage.tsx';
import { HomePage } from './cards/HomePage.tsx';
import { ClubPage } from './club/ClubPage.tsx';
import { CouponsPage } from './coupons/CouponsPage.tsx';
import { Frame, Missing, Nowhere } from './Frame.tsx';
import { FamilyPage } from './family/FamilyPage.tsx';
import { ClaimPage } from './give/ClaimPage.tsx';
import { GiftsPage } from './give/GiftsPage.tsx';
import { GivePage } from './give/GivePage.tsx';
import { LookPage } from './look/LookPage.tsx';
import { ComplaintsPage } from './me/ComplaintsPage.tsx';
import { MePage } from './me/MePage.tsx';
import { NumberPage } from './me/NumberPage.tsx';
import { ShopPage } from './me/ShopPage.tsx';
import { MemberCodePage } from './pay/MemberCodePage.tsx';
import { PayPage } from './pay/PayPage.tsx';
import { PointsPage } from './points/PointsPage.tsx';
import { TakeGiftPage } from './points/TakeGiftPage.tsx';
import { OrderPage } from './topup/OrderPage.tsx';
import { TopUpPage } from './topup/TopUpPage.tsx';
import { ValuePage } from './value/ValuePage.tsx';

const root = createRootRoute({ notFoundComponent: Nowhere });
const nowhere = createRoute({ getParentRoute: () => root, path: '/', component: Nowhere });
const shop = createRoute({
  getParentRoute: () => root,
  path: '/$slug',
  component: Frame,
  notFoundComponent: Missing,
});

const page = (path: string, component: RouteComponent) =>
  createRoute({ getParentRoute: () => shop, path, component });

export const router = createRouter({
  basepath: '/wallet',
  routeTree: root.addChildren([
    nowhere,
    shop.addChildren([
      page('/', HomePage),
      page('/look', LookPage),
      page('/add', AddPage),
      page('/cards/$id', CardPage),
      page('/cards/$id/pay', PayPage),
      page('/cards/$id/give', GivePage),
      page('/top-up', TopUpPage),
      page('/top-up/$id', OrderPage),
      page('/balance', ValuePage),
      page('/balance/family', FamilyPage),
      page('/club', ClubPage),
      page('/club/code', MemberCodePage),
      page('/coupons', CouponsPage),
      page('/points', PointsPage),
      page('/points/gifts', TakeGiftPage),
      page('/gifts', GiftsPage),
      // The token of a gift stands behind the #, which no server is sent.
      page('/gift', ClaimPage),
      page('/shop', ShopPage),
      page('/me', MePage),
      page('/me/number', NumberPage),
      page('/complaints', ComplaintsPage),
    ]),
  ]),
});
