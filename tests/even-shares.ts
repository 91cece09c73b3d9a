import { basename } from 'node:path'
import { BaseSequencer, type TestSpecification } from 'vitest/node'

/** Seconds that files took on two cores, where it is far from `usual`. Only how evenly the shares are cut hangs on it. */
const seconds: Readonly<Record<string, number>> = {
  'account.test.ts': 44,
  'change-email.test.ts': 35,
  'changes.test.ts': 39,
  'console.test.ts': 45,
  'drip-feed.test.ts': 27,
  'identity.test.ts': 42,
  'main-job.test.ts': 30,
  'manual.test.ts': 14,
  'orders.test.ts': 52,
  'pages.test.ts': 25,
  'refills.test.ts': 22,
  'second-factor.test.ts': 85,
  'services.test.ts': 40,
  'signals.test.ts': 30,
  'support.test.ts': 33,
  'syncs.test.ts': 27,
}
const usual = 12

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
