import { useEffect, useState } from 'react';

/** The page's clock in milliseconds, read again every `interval` while `isRunning`. */
export function useNow(isRunning: boolean, interval = 250): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    if (!isRunning) return undefined;
    const tick = () => setNow(performance.now());
    tick();
    const timer = setInterval(tick, interval);
    return () => clearInterval(timer);
  }, [isRunning, interval]);
  return now;
}
