import { useEffect, useRef } from 'react';
import { scrolling } from '../../ui/motion.ts';

/** Brings what has just appeared below into view: whoever chose something is to see what it leads to. */
export function useInView<Element extends HTMLElement>() {
  const element = useRef<Element>(null);
  useEffect(() => {
    // In newer browsers it answers with a promise, which is nothing to clean up by.
    void element.current?.scrollIntoView({ block: 'nearest', behavior: scrolling() });
  }, []);
  return element;
}
