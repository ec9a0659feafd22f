/** A label and its figure. */
export function Pair({ label, value }: { readonly label: string; readonly value: string }) {
  return (
    <div>
      <dt>{label}</dt>
      <dd className="money">{value}</dd>
    </div>
  );
}
