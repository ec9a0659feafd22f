/** Whether somebody has asked their device to move as little as it can. */
export const wantsLessMotion = (): boolean => matchMedia('(prefers-reduced-motion: reduce)').matches;

/** How a page scrolls by itself to what has just appeared. */
export const scrolling = (): ScrollBehavior => (wantsLessMotion() ? 'instant' : 'smooth');
