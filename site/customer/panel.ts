import { client } from '../api.ts'

/** The customers' panel, as pages speak to it. */
export const call = client('POST /api/session/refresh')
