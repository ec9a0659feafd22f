import { Link } from '@tanstack/react-router';
import { Icon } from '../../ui/icons.tsx';
import { useWords } from '../../ui/words.ts';
import { useMerchant } from '../merchant.ts';
import { frameWords } from '../words.ts';

/** The title of a page that lies below another, and the way back up. */
export function Titled({ title, up }: { readonly title: string; readonly up: string }) {
  const words = useWords(frameWords);
  const { slug } = useMerchant();
  return (
    <div className="titled">
      <Link to={`/${slug}${up}`} className="bar-button" aria-label={words.back}>
        <Icon name="back" size={24} />
      </Link>
      <h1>{title}</h1>
    </div>
  );
}
