import { type ReactNode, useEffect, useRef, useState } from 'react';

/** A table that scrolls sideways by itself where the screen is narrow, by the keyboard as well. */
export function WideTable({ children }: { readonly children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  const [isWide, setWide] = useState(false);
  useEffect(() => {
    if (!place.current) return undefined;
    const { current } = place;
    const watcher = new ResizeObserver(() => setWide(current.scrollWidth > current.clientWidth));
    watcher.observe(current);
    return () => watcher.disconnect();
  }, []);
  return (
    <div ref={place} className="wide-table" {...(isWide ? { tabIndex: 0 } : {})}>
      {children}
    </div>
  );
}
