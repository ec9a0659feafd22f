const paths = {
  home: 'M4 11l8-7 8 7v9h-5v-6H9v6H4z',
  card: 'M3 6h18v12H3zM3 10h18M7 15h4',
  batch: 'M4 8l8-4 8 4-8 4zM4 12l8 4 8-4M4 16l8 4 8-4',
  program: 'M12 3l2.5 5.5 6 .7-4.5 4 1.3 6L12 16.200l-5.300 3 1.300-6-4.500-4 6-.7z',
  store: 'M4 10v10h16V10M3 10l2-6h14l2 6M9 20v-6h6v6',
  device: 'M7 3h10v18H7zM11 18h2',
  people:
    'M9 11a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7zM2.500 20c0-4 3-6 6.500-6s6.500 2 6.500 6M16 4.500a3.500 3.500 0 0 1 0 6.500M17.500 14.500c2.500.6 4 2.500 4 5.500',
  key: 'M14 10a4 4 0 1 0-3.500 4L12 15.500h2v2h2V20h4v-3.500l-6-6z',
  ledger: 'M5 4h14v16H5zM9 4v16M12 9h4M12 13h4',
  settle: 'M4 8h14l-3-3M20 16H6l3 3',
  settings:
    'M12 15a3 3 0 1 0 0-6 3 3 0 0 0 0 6zM12 3v3M12 18v3M3 12h3M18 12h3M5.600 5.600l2.100 2.100M16.300 16.300l2.100 2.100M5.600 18.400l2.100-2.100M16.300 7.700l2.100-2.100',
  menu: 'M4 7h16M4 12h16M4 17h16',
  search: 'M11 18a7 7 0 1 0 0-14 7 7 0 0 0 0 14zM16 16l5 5',
  back: 'M15 5l-7 7 7 7',
  next: 'M9 5l7 7-7 7',
  camera: 'M4 8h4l2-3h4l2 3h4v11H4zM12 16.500a3.500 3.500 0 1 0 0-7 3.500 3.500 0 0 0 0 7z',
  check: 'M5 12.500l5 5L19.500 7',
  cross: 'M6 6l12 12M18 6L6 18',
  warn: 'M12 4l9 16H3zM12 10v5M12 17.500v.5',
  torch: 'M8 3h8v4l-2 3v11h-4V10L8 7zM12 13v2',
  backspace: 'M9 6h11v12H9l-6-6zM12 10l5 4M17 10l-5 4',
  clock: 'M12 21a9 9 0 1 0 0-18 9 9 0 0 0 0 18zM12 7v5l3.500 2',
  print: 'M7 9V4h10v5M6 17H4V9h16v8h-2M7 14h10v6H7z',
  sell: 'M4 7h16v12H4zM12 10v6M9 13h6M8 7l1-3h6l1 3',
  hook: 'M5 7h9a4 4 0 0 1 0 8H9l3-3M9 15l3 3',
  wallet: 'M4 7h15v12H4zM4 7l11-4v4M15 13h4',
  gift: 'M4 11h16v9H4zM3 7h18v4H3zM12 7v13M12 7c-4 0-5-4-2.500-4S12 7 12 7zM12 7c4 0 5-4 2.500-4S12 7 12 7z',
  bell: 'M6 17V11a6 6 0 0 1 12 0v6l1.500 1.500h-15zM10 21h4',
  share: 'M12 12V3a9 9 0 1 0 9 9zM15 3.500A9 9 0 0 1 20.500 9H15z',
  import: 'M12 3v11M7.500 9.500l4.500 4.500 4.500-4.500M4 15v5h16v-5',
  nfc: 'M6 8c2 2.500 2 5.500 0 8M10 6c3 4 3 8 0 12M14 4c4 5 4 11 0 16',
} as const;

export type IconName = keyof typeof paths;

/** A line drawing in the colour of the text; what it means stands beside it or in the label of its button. */
export function Icon({ name, size = 20 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      aria-hidden="true"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinecap="round"
      strokeLinejoin="round"
    >
      <path d={paths[name]} />
    </svg>
  );
}
