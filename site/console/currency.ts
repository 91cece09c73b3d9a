import { useMe } from './me.ts'

export const useCurrency = (): string => useMe().data?.currency ?? ''
