import * as z from 'zod/mini'
import { type Count, type TrafficKind, trafficKinds } from '../../core/access-log/traffic.ts'
import type { Need } from '../../core/need.ts'
import { integer } from '../read.ts'
import { queryLog } from './query-log.ts'

interface ReadTraffic {
  /** Every count of the days from one to another, both included. */
  between(from: string, to: string, now: Date): Promise<Count[]>
}

const countItem = z.object({ sk: z.string(), times: integer })

export const readTraffic = {
  allow: [{ on: 'log-table', actions: ['Query'], keys: ['TRAFFIC#*'] }],
  open: () => ({
    async between(from, to, now) {
      const each = await Promise.all(
        trafficKinds.map((of) => queryLog({ pk: `TRAFFIC#${of}`, from, to: `${to}~` }, (item) => countOf(of, item), now)),
      )
      return each.flat()
    },
  }),
} satisfies Need<ReadTraffic>

function countOf(of: TrafficKind, item: unknown): Count {
  const { sk, times } = countItem.parse(item)
  return { of, day: sk.slice(0, 10), name: sk.slice(11), times }
}
