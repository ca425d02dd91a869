import { useEffect, useState } from "preact/hooks";

/** Renders again with every frame as long as something is under way, and returns the time as `performance.now()` has it. */
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
