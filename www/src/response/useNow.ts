import { useEffect, useState } from "preact/hooks";

/** Rerenders with every frame while something is under way, and returns `performance.now()`. */
export function useNow(isUnderWay: boolean): number {
  const [now, setNow] = useState(() => performance.now());
  useEffect(() => {
    if (!isUnderWay) return;
    let frame = requestAnimationFrame(function tick() {
      setNow(performance.now());
      frame = requestAnimationFrame(tick);
    });
    return () => cancelAnimationFrame(frame);
  }, [isUnderWay]);
  return now;
}
