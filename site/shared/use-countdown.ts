import { useEffect, useState } from 'react'

/** Seconds left until something may be done again; `restart` counts anew. */
export function useCountdown(seconds: number): readonly [left: number, restart: () => void] {
  const [left, setLeft] = useState(seconds)
  useEffect(() => {
    if (left <= 0) return
    const timer = setTimeout(() => setLeft(left - 1), 1_000)
    return () => clearTimeout(timer)
  }, [left])
  return [left, () => setLeft(seconds)]
}
