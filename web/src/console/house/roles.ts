import { useAsk } from '../../ui/asking.ts';
import { useMay } from '../../ui/session.ts';
import { useLanguage } from '../../ui/words.ts';

type HasRole = { readonly role: string | null; readonly roleId: string | null };

/** Every role that somebody can be given, the built-in ones first; an own role's value is its id. */
export function useRoleChoices(): readonly { readonly value: string; readonly label: string }[] {
  const language = useLanguage();
  const { data } = useAsk('GET /v1/roles', {}, { enabled: useMay('people.read') });
  if (!data) return [];
  return [
    ...data.builtIn.map(({ role, name }) => ({ value: role, label: name[language] })),
    ...data.items.map(({ id, name }) => ({ value: id, label: name })),
  ];
}

/** Names the role of somebody. */
export function useRoleName(): (of: HasRole) => string {
  const choices = useRoleChoices();
  return ({ role, roleId }) => {
    const value = roleId ?? role ?? '';
    return choices.find((choice) => choice.value === value)?.label ?? value;
  };
}
