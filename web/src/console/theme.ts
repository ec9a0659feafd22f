import type { ThemeConfig } from 'antd';
import { wantsLessMotion } from '../ui/motion.ts';

/** One accent, quiet lines, room enough for work. Colours that carry meaning stand in ui/base.css as well. */
export const theme: ThemeConfig = {
  token: {
    colorPrimary: '#0a6b4d',
    colorInfo: '#0a6b4d',
    colorLink: '#0a6b4d',
    colorError: '#b3261e',
    colorWarning: '#8a5a00',
    colorSuccess: '#0a6b4d',
    // Derived ones would be muddy, since ours are dark enough to be read as text.
    colorInfoBg: '#eef6f2',
    colorInfoBorder: '#c4dfd3',
    colorSuccessBg: '#e3f1eb',
    colorSuccessBorder: '#c4dfd3',
    colorWarningBg: '#fdf3dc',
    colorWarningBorder: '#eed9a5',
    colorErrorBg: '#fdecea',
    colorErrorBorder: '#f3c4c0',
    colorText: '#16211d',
    colorTextSecondary: '#52605a',
    colorTextTertiary: '#5b6a64',
    colorTextDescription: '#52605a',
    colorTextPlaceholder: '#69766f',
    colorBorder: '#cfd8d3',
    colorBorderSecondary: '#e4eae7',
    colorBgLayout: '#f5f8f6',
    borderRadius: 6,
    fontFamily: 'var(--font)',
    fontSize: 14,
    controlHeight: 34,
    // Said to the components themselves: one that waits for the end of a motion that CSS has cut short waits for ever.
    motion: !wantsLessMotion(),
    motionDurationMid: '0.12s',
    motionDurationSlow: '0.16s',
  },
  components: {
    Table: {
      cellPaddingBlockSM: 9,
      cellPaddingInlineSM: 12,
      headerBg: '#f5f8f6',
      headerColor: '#52605a',
      headerSplitColor: 'transparent',
      rowHoverBg: '#f5f8f6',
    },
    Menu: { itemHeight: 36, itemSelectedBg: '#e3f1eb', itemSelectedColor: '#085a40' },
  },
};
