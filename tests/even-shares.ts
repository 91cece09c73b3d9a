import { basename } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Seconds that files took on two cores, where it is far from `usual`. Only how evenly the shares are cut hangs on it. */
const seconds: Readonly<Record<string, number>> = {
  'abuse.test.ts': 16,
  'account.test.ts': 60,
  'admin.test.ts': 17,
  'change-email.test.ts': 36,
  'changes.test.ts': 42,
  'closing.test.ts': 17,
  'colleagues.test.ts': 15,
  'console.test.ts': 36,
  'drip-feed.test.ts': 22,
  'files.test.ts': 33,
  'identity.test.ts': 38,
  'keys.test.ts': 17,
  'main-job.test.ts': 28,
  'manual.test.ts': 7,
  'matrix.test.ts': 16,
  'new-device.test.ts': 22,
  'orders.test.ts': 60,
  'ordering.test.ts': 25,
  'pages.test.ts': 40,
  'policies.test.ts': 32,
  'preferences.test.ts': 23,
  'protocol.test.ts': 28,
  'providers.test.ts': 36,
  'refills.test.ts': 25,
  'refills-and-cancels.test.ts': 17,
  'second-factor.test.ts': 87,
  'services.test.ts': 38,
  'sessions.test.ts': 26,
  'signals.test.ts': 25,
  'staff.test.ts': 29,
  'support.test.ts': 34,
  'syncs.test.ts': 23,
}
const usual = 8

const weight = ({ moduleId }: TestSpecification): number => seconds[basename(moduleId)] ?? usual

/** Cuts files into shares that take about as long: the longest first, each to the share that has least. */
export class EvenShares extends BaseSequencer {
  override async shard(files: TestSpecification[]): Promise<TestSpecification[]> {
    const { index, count } = this.ctx.config.shard ?? { index: 1, count: 1 }
    const shares = Array.from({ length: count }, (): { files: TestSpecification[]; seconds: number } => ({ files: [], seconds: 0 }))
    const ordered = files.toSorted((one, other) => weight(other) - weight(one) || (one.moduleId < other.moduleId ? -1 : 1))
    for (const file of ordered) {
      const least = shares.reduce((fewest, share) => (share.seconds < fewest.seconds ? share : fewest))
      least.files.push(file)
      least.seconds += weight(file)
    }
    return shares[index - 1]?.files ?? []
  }
}
