/** Days that the traffic page can show at once. */
export const ranges = ['7', '30', '90', '365'] as const
export type Range = (typeof ranges)[number]
export const rangeOf = (days: unknown): Range | undefined => ranges.find((one) => one === String(days))
