import crypto from 'node:crypto'
import { syncBuiltinESMExports } from 'node:module'
import type { Random } from './random.ts'

/** What the panel makes up, it makes up by the world's own random numbers: the same seed makes up the same. */
let chance: Random | undefined
const real = { randomBytes: crypto.randomBytes, randomUUID: crypto.randomUUID }

function bytes(random: Random, size: number): Buffer {
  const made = Buffer.allocUnsafe(size)
  for (let at = 0; at < size; at++) made[at] = random.next() * 256
  return made
}

function uuid(random: Random): string {
  const hex = bytes(random, 16).toString('hex')
  return `${hex.slice(0, 8)}-${hex.slice(8, 12)}-4${hex.slice(13, 16)}-8${hex.slice(17, 20)}-${hex.slice(20)}`
}

Object.assign(crypto, {
  randomBytes: (size: number) => (chance ? bytes(chance, size) : real.randomBytes(size)),
  randomUUID: () => (chance ? uuid(chance) : real.randomUUID()),
})
syncBuiltinESMExports()

/** From here on, until it is ended by what this answers. */
export function makeUpBy(random: Random): () => void {
  chance = random
  return () => {
    chance = undefined
  }
}
