export {
  type Coupon,
  type CouponRows,
  couponAnswer,
  couponOver,
  couponRows,
  coupons,
  couponsHeldBy,
  mayUse,
} from './coupon/coupon.ts';
export { giveCoupons } from './coupon/give.ts';
export { giveCoupon } from './coupon/giveCoupon.ts';
export { returnUse, takeUse, type Usable, usableBy } from './coupon/use.ts';
export { couponJobs } from './jobs.ts';
export { type NotFor, takenOff } from './price.ts';
export { couponsRoutes } from './routes.ts';
export { CouponWords } from './shapes.ts';
export { couponsSql } from './store.ts';
export { type CouponTemplate, couponTemplateById } from './template/template.ts';
export {
  type CouponGrant,
  comeAgain,
  couponsWith,
  type Granted,
  type GrantRows,
  goingWith,
  granted,
  grantRows,
  type SourceCoupons,
  withdrawWith,
} from './topUp.ts';
