import { createRef } from 'react'

/** The search field of the order page, for the shortcut that leads there from anywhere. */
export const finderField = createRef<HTMLInputElement>()
