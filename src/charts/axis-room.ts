/** Pixels around the plot area that the axes' ticks and titles take; `top` and `right` are bare margins. */
export const axisRoom = { left: 62, right: 14, bottom: 46, top: 8 } as const;
