import { client } from '../api.ts'

/** The staff's side of the panel, as the console speaks to it. */
export const call = client('POST /api/admin/session/refresh')
