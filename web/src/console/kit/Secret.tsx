import { Button } from 'antd';
import { useState } from 'react';
import { useWords } from '../../ui/words.ts';
import { kitWords } from '../words.ts';

/** Something that is shown once, large enough to copy by hand. */
export function Secret({ label, text }: { readonly label: string; readonly text: string }) {
  const words = useWords(kitWords);
  const [isCopied, setCopied] = useState(false);
  return (
    <div className="secret">
      <span className="soft">{label}</span>
      <code>{text}</code>
      <Button
        size="small"
        onClick={() => void navigator.clipboard.writeText(text).then(() => setCopied(true))}
      >
        {isCopied ? words.copied : words.copy}
      </Button>
    </div>
  );
}
