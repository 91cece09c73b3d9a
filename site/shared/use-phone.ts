import { useMediaQuery } from '@mantine/hooks'

/** Whether the page is laid out for a phone: cards for tables, sheets for panels. The same width as in the style sheets. */
export const usePhone = (): boolean => useMediaQuery('(max-width: 640px)', false, { getInitialValueInEffect: false })
