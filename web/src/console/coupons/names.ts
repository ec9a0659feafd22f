import { useAsk } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';

const readMost = 200;

/** What a coupon template is called; its id where it is not among the newest, or not for this person to see. */
export function useCouponName(): (templateId: string) => string {
  const enabled = useMay('coupons.read');
  const { data } = useAsk('GET /v1/coupon-templates', { query: { limit: readMost } }, { enabled });
  return (templateId) => data?.items.find(({ id }) => id === templateId)?.name ?? templateId;
}
