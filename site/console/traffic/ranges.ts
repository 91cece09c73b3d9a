/** Days that the traffic page can show at once. */
export const ranges = ['7', '30', '90', '365'] as const
export type Range = (typeof ranges)[number]
