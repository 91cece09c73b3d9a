import type { SignalKind } from '../../../core/signals/signal.ts'

/** What each kind is, what it counts, and what it may mean. */
export const signalWords: Readonly<
  Record<SignalKind, { readonly title: string; readonly counted: string; readonly means: string }>
> = {
  'bad-keys': {
    title: 'Floods of wrong keys',
    counted: 'wrong keys',
    means:
      'Keys that open nothing, from one network. Somebody guesses, or a program goes on with a key that was revoked. Beyond 200 in an hour the network is told to slow down; good keys are not held up.',
  },
  'foreign-addresses': {
    title: 'Keys used from elsewhere',
    counted: 'refused calls',
    means:
      'A good key, from an address its owner did not allow. The key may be stolen, or the owner moved a program and forgot the list. Each call was refused.',
  },
  'order-walks': {
    title: 'Walks through order numbers',
    counted: 'numbers of others',
    means:
      'Numbers of orders that are not the asking customer’s. None was shown. Somebody looks for what others order, or a program mixes up panels.',
  },
}
