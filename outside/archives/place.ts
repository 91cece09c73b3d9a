import type { CustomerId } from '../../core/ids.ts'
import { iso } from '../../core/time.ts'

/** Where an archive lies. The owner is part of it. */
export const placeOf = (owner: CustomerId, at: Date): string => `archives/${owner}/${iso(at)}/your-data.zip`
