/** A moment, in milliseconds since 1970-01-01T00:00Z. Handed in by whoever may look at a clock; the core never does. */
export type Instant = number;
