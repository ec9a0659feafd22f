import type { ItemOf } from '../../api/client.ts';
import { useAsk } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';

const readMost = 200;

/** The newest coupon templates; none for who may not see them. */
export function useCouponTemplates(): readonly ItemOf<'GET /v1/coupon-templates'>[] {
  const enabled = useMay('coupons.read');
  const { data } = useAsk('GET /v1/coupon-templates', { query: { limit: readMost } }, { enabled });
  return data?.items ?? [];
}

/** What a coupon template is called; its id where it is not among the newest, or not for this person to see. */
export function useCouponName(): (templateId: string) => string {
  const templates = useCouponTemplates();
  return (templateId) => templates.find(({ id }) => id === templateId)?.name ?? templateId;
}
