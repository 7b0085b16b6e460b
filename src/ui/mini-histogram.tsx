/** Shape of a distribution at a glance; decorative, the figures stand beside it. */
export function MiniHistogram({
  counts,
  width = 84,
  height = 22,
}: {
  readonly counts: readonly number[];
  readonly width?: number;
  readonly height?: number;
}) {
  const highest = Math.max(...counts, 1);
  const step = width / counts.length;
  return (
    <svg aria-hidden="true" width={width} height={height} style={{ display: 'block' }}>
      {counts.map((count, i) => {
        const barHeight = count === 0 ? 0 : Math.max(1, (count / highest) * height);
        return (
          <rect
            // The bars never move: their position is what they are.
            key={i * step}
            x={i * step}
            y={height - barHeight}
            width={Math.max(1, step - 0.5)}
            height={barHeight}
            fill="var(--mantine-color-ink-4)"
          />
        );
      })}
    </svg>
  );
}
