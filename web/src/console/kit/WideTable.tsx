import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from 'react';

/** A table that scrolls sideways by itself where the screen is narrow, by the keyboard as well. */
export function WideTable({ children }: { readonly children: ReactNode }) {
  const place = useRef<HTMLDivElement>(null);
  const [isWide, setWide] = useState(false);
  const look = () => {
    if (place.current) setWide(place.current.scrollWidth > place.current.clientWidth);
  };
  // What it shows has changed: nobody is shown a frame in which the keyboard does not reach it.
  useLayoutEffect(look);
  useEffect(() => {
    const { current } = place;
    if (!current) return undefined;
    const watcher = new ResizeObserver(() => setWide(current.scrollWidth > current.clientWidth));
    watcher.observe(current);
    if (current.firstElementChild) watcher.observe(current.firstElementChild);
    return () => watcher.disconnect();
  }, []);
  return (
    <div ref={place} className="wide-table" {...(isWide ? { tabIndex: 0 } : {})}>
      {children}
    </div>
  );
}
