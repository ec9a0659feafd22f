import { useEffect, useRef } from 'react';
import { scrolling } from '../../ui/motion.ts';

/**
 * Brings what has just appeared below into view: whoever chose something is to see what it leads to. Again where what is
 * said above it changes, which pushes it down.
 */
export function useInView<Element extends HTMLElement>(said: unknown = null) {
  const element = useRef<Element>(null);
  useEffect(() => {
    // In newer browsers it answers with a promise, which is nothing to clean up by.
    if (said !== undefined) void element.current?.scrollIntoView({ block: 'nearest', behavior: scrolling() });
  }, [said]);
  return element;
}
