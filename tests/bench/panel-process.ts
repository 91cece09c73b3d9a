import { startTestPanel } from '../fixtures/panel.ts'

/** A panel in a process of its own, so that what it costs can be told from what the load costs. Asked over IPC. */
const quiet = process.argv[2] === 'quiet'
const { panel, demo, at } = await startTestPanel({ log: () => undefined, recycled: !quiet })
if (quiet) panel.stopWorkers()

process.on('disconnect', () => process.exit(0))
process.on('message', (asked) => {
  if (asked === 'cpu') {
    const { user, system } = process.cpuUsage()
    process.send?.({ cpuMilliseconds: (user + system) / 1000, pids: panel.pids })
  }
  if (asked === 'memory') process.send?.({ megabytes: process.memoryUsage().rss / 2 ** 20 })
  if (asked === 'stop') void panel.stop().then(() => process.exit(0))
})
process.send?.({ ports: panel.ports, demo, at })
