const paths = {
  data: 'M4 6c0-1.7 3.6-3 8-3s8 1.3 8 3-3.6 3-8 3-8-1.3-8-3Zm0 0v12c0 1.7 3.6 3 8 3s8-1.3 8-3V6M4 12c0 1.7 3.6 3 8 3s8-1.3 8-3',
  model: 'M12 3v5M12 8 6 13M12 8l6 5M6 13v3M18 13v3M4 16h4v4H4zM16 16h4v4h-4z',
  quality: 'M9 4h6v3H9zM9 5.5H5V21h14V5.5h-4M8.5 14l2.5 2.5 4.5-5',
  evaluation: 'M4 4v16h16M8 16l4-5 3 2 5-7',
  scenarios: 'M4 7h9M17 7h3M15 5v4M4 17h3M11 17h9M9 15v4M4 12h12M20 12h0M18 10v4',
  optimise: 'M4 18h16M5 6c2 8 5 10 7 10s5-6 7-12M12 16v.01M12 19v2',
  versions:
    'M6 4v16M6 4.5a1.5 1.5 0 1 0 0-.01M6 19.5a1.5 1.5 0 1 0 0-.01M18 8.5a1.5 1.5 0 1 0 0-.01M18 9c0 5-12 3-12 8',
  sun: 'M12 8a4 4 0 1 0 0 8 4 4 0 0 0 0-8ZM12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6 19 19M5 19l1.4-1.4M17.6 6.4 19 5',
  moon: 'M20 14.5A8 8 0 1 1 9.5 4a6.5 6.5 0 0 0 10.5 10.5Z',
  auto: 'M12 3a9 9 0 1 0 0 18V3ZM12 3a9 9 0 0 1 0 18',
  check: 'M5 12.5 10 17.5 19 7',
  warning: 'M12 4 2.8 20h18.4L12 4ZM12 10v5M12 17.6v.2',
  shield: 'M12 3 5 6v5c0 4.5 3 8.3 7 10 4-1.7 7-5.5 7-10V6l-7-3ZM9 12l2.2 2.2L15.5 10',
  upload: 'M12 16V4M7 9l5-5 5 5M4 16v4h16v-4',
  download: 'M12 4v12M7 11l5 5 5-5M4 16v4h16v-4',
  more: 'M5 12h.01M12 12h.01M19 12h.01',
  file: 'M6 3h8l5 5v13H6zM14 3v5h5',
  close: 'M6 6l12 12M18 6 6 18',
  stop: 'M7 7h10v10H7z',
  up: 'M12 19V5M6 11l6-6 6 6',
  down: 'M12 5v14M6 13l6 6 6-6',
  right: 'M5 12h14M13 6l6 6-6 6',
  chevron: 'M6 9l6 6 6-6',
  collapse: 'M6 15l6-6 6 6',
  spark: 'M12 3l1.8 5.2L19 10l-5.2 1.8L12 17l-1.8-5.2L5 10l5.2-1.8L12 3ZM19 16v4M17 18h4',
  reset: 'M4 12a8 8 0 1 0 2.5-5.8M4 4v4h4',
  undo: 'M9 7 4 12l5 5M4 12h10a6 6 0 0 1 0 8',
  redo: 'M15 7l5 5-5 5M20 12H10a6 6 0 0 0 0 8',
  exclude: 'M12 3.5a8.5 8.5 0 1 0 0 17 8.5 8.5 0 0 0 0-17ZM6 6l12 12',
  play: 'M8 5v14l11-7z',
} as const;

export type IconName = keyof typeof paths;

/** A line icon in the colour of the text beside it; decorative, the words carry the meaning. */
export function Icon({ name, size = 18 }: { readonly name: IconName; readonly size?: number }) {
  return (
    <svg
      aria-hidden="true"
      focusable="false"
      width={size}
      height={size}
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth={name === 'more' ? 3 : 1.8}
      strokeLinecap="round"
      strokeLinejoin="round"
      style={{ flex: 'none' }}
    >
      <path d={paths[name]} />
    </svg>
  );
}
