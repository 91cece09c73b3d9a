import { randomBytes } from 'node:crypto'
import { rotateEdgeSecrets } from '../../data/edge-secrets.ts'
import { storeEdgeSecret } from '../../outside/edge/edge-secret-store.ts'
import { workSchedule } from '../kit/work.ts'
import { scheduleWorker } from '../kit/worker.ts'

export const rotateEdgeSecret = scheduleWorker({
  name: 'workers.rotate-edge-secret',
  summary: 'Once a day, and at every deploy, gives the edge a new secret to show; the one before stays good until the next',
  on: { kind: 'schedule', every: 'day' },
  failing: {
    hurts: 'nobody yet: the edge goes on with the secret it has, which is getting old',
    runbook: 'edge-secret-not-rotated',
  },
  timeoutSeconds: 30,
  uses: { known: rotateEdgeSecrets, edge: storeEdgeSecret },

  async run({ uses }) {
    const secret = randomBytes(32).toString('base64url')
    // Known before it is shown, so that no request comes with a secret nobody knows.
    await uses.known.know(secret)
    await uses.edge.store(secret)
    await uses.known.shown(secret)
  },
})

export const handler = workSchedule(rotateEdgeSecret)
