import { usePermissionSentence } from '../../ui/permissions.ts';

/** Permissions, each with what it allows. */
export function PermissionList({ permissions }: { readonly permissions: readonly string[] }) {
  const sentence = usePermissionSentence();
  return (
    <ul className="permissions">
      {permissions.map((permission) => (
        <li key={permission}>
          {sentence(permission)} <code className="soft small">{permission}</code>
        </li>
      ))}
    </ul>
  );
}
