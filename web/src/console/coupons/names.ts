import { useAsk } from '../../ui/asking.ts';
import { offText } from '../../ui/coupons/text.ts';
import { useMay } from '../../ui/session.ts';
import { useLanguage } from '../../ui/words.ts';
import type { Template } from './draft.ts';

const readMost = 200;

/** The newest coupon templates; none for who may not see them. */
export function useCouponTemplates(): readonly Template[] {
  const enabled = useMay('coupons.read');
  const { data } = useAsk('GET /v1/coupon-templates', { query: { limit: readMost } }, { enabled });
  return data?.items ?? [];
}

/** What a coupon template is called; its id where it is not among the newest, or not for this person to see. */
export function useCouponName(): (templateId: string) => string {
  const templates = useCouponTemplates();
  return (templateId) => templates.find(({ id }) => id === templateId)?.name ?? templateId;
}

/** The active templates that are offered, by id, each with what it takes off; undefined until they are known. */
export function useTemplateChoices(
  isOffered: (template: Template) => boolean,
): { value: string; label: string }[] | undefined {
  const language = useLanguage();
  const { data } = useAsk('GET /v1/coupon-templates', { query: { state: 'active', limit: readMost } });
  return data?.items.filter(isOffered).map((template) => ({
    value: template.id,
    label: `${template.name} · ${offText(template, template.currency, language)}`,
  }));
}
