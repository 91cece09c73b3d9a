import { randomBytes, randomUUID, scrypt, timingSafeEqual } from 'node:crypto'
import { promisify } from 'node:util'
import { openJournal } from '../journal.ts'

const derive = promisify<string, string, number, { N: number }, Buffer>(scrypt)

/** Somebody in a pool. Passwords are kept as salted hashes, as the real service keeps them out of reach. */
export interface User {
  readonly poolId: string
  readonly sub: string
  readonly attributes: Readonly<Record<string, string>>
  readonly status: 'UNCONFIRMED' | 'CONFIRMED' | 'FORCE_CHANGE_PASSWORD'
  readonly password: { readonly salt: string; readonly hash: string }
  /** Confirmed second factor; `pending` is one that was handed out and not verified yet. */
  readonly totp?: { readonly secret: string; readonly lastStep: number }
  readonly pendingTotp?: string
  /** Whether it is asked for, where the pool leaves that to everybody. */
  readonly wantsTotp?: boolean
  /** A code that was mailed, and what for. */
  readonly code?: { readonly value: string; readonly purpose: 'sign-up' | 'password'; readonly expiresAt: number }
  readonly refreshTokens: Readonly<Record<string, { readonly family: string; readonly issuedAt: number; readonly usedAt?: number }>>
  readonly createdAt: number
  /** When it was last confirmed or changed; signing in is no change. */
  readonly changedAt?: number
}

type Line = { readonly put: User } | { readonly remove: { readonly poolId: string; readonly sub: string } }

export type Users = ReturnType<typeof openUsers>

/** All users of both pools, kept in a journal whose last word on somebody holds. */
export function openUsers(file: string | undefined) {
  const journal = openJournal<Line>(file)
  const users = new Map<string, User>()
  const apply = (line: Line): void => {
    if ('put' in line) users.set(`${line.put.poolId} ${line.put.sub}`, line.put)
    else users.delete(`${line.remove.poolId} ${line.remove.sub}`)
  }
  for (const line of journal.lines) apply(line)
  const write = (line: Line): void => {
    journal.append(line)
    apply(line)
  }
  return {
    /** By email or by subject: both are names a user can be asked for by. */
    find: (poolId: string, name: string): User | undefined =>
      [...users.values()].find(
        (user) => user.poolId === poolId && (user.sub === name || user.attributes['email'] === name.toLowerCase()),
      ),
    findSubject: (sub: string): User | undefined => [...users.values()].find((user) => user.sub === sub),
    put: (user: User): User => {
      write({ put: user })
      return user
    },
    remove: (user: User): void => write({ remove: { poolId: user.poolId, sub: user.sub } }),
    all: (): IterableIterator<User> => users.values(),
  }
}

export async function newUser(
  poolId: string,
  attributes: Readonly<Record<string, string>>,
  password: string,
  status: User['status'],
): Promise<User> {
  return {
    poolId,
    sub: randomUUID(),
    attributes: { ...attributes, email: (attributes['email'] ?? '').toLowerCase() },
    status,
    password: await hashed(password),
    refreshTokens: {},
    createdAt: Date.now(),
  }
}

export async function hashed(password: string): Promise<User['password']> {
  const salt = randomBytes(16).toString('base64')
  return { salt, hash: (await derive(password, salt, 32, { N: 4096 })).toString('base64') }
}

/** As long for nobody as for somebody: whether there is a user must not show in the time. */
export async function passwordMatches(user: User | undefined, password: string): Promise<boolean> {
  const { salt, hash } = user?.password ?? { salt: 'nobody', hash: Buffer.alloc(32).toString('base64') }
  const derived = await derive(password, salt, 32, { N: 4096 })
  return timingSafeEqual(derived, Buffer.from(hash, 'base64')) && user !== undefined
}
