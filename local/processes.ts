import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, readFileSync } from 'node:fs'

/** Every process of this machine that can be seen: its number and its command line. */
export function processes(): { readonly pid: number; readonly command: string }[] {
  return existsSync('/proc/self/cmdline') ? fromProc() : fromPs()
}

function fromProc() {
  return readdirSync('/proc').flatMap((name) => {
    if (!/^\d+$/.test(name)) return []
    try {
      return [{ pid: Number(name), command: readFileSync(`/proc/${name}/cmdline`, 'utf8').replaceAll('\0', ' ') }]
    } catch {
      return [] // It ended in between.
    }
  })
}

function fromPs() {
  const listing = execFileSync('ps', ['-ww', '-axo', 'pid=,command='], { encoding: 'utf8' })
  return listing.split('\n').flatMap((line) => {
    const [, pid, command = ''] = /^\s*(\d+)\s+(.*)$/.exec(line) ?? []
    return pid === undefined ? [] : [{ pid: Number(pid), command }]
  })
}
