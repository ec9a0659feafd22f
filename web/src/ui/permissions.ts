import { useAsk } from './asking.ts';
import { useLanguage } from './words.ts';

/** What each permission allows, in the words of the server. */
export function usePermissionSentence(): (permission: string) => string {
  const language = useLanguage();
  const { data } = useAsk('GET /v1/permissions', {});
  return (permission) =>
    data?.items.find((one) => one.permission === permission)?.allows[language] ?? permission;
}
