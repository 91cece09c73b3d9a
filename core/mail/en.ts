import type { SuspensionReason } from '../identity/suspension.ts'
import { listed } from './listed.ts'
import { timeIn } from './time.ts'
import type { OfKey, Words } from './words.ts'

export const en: Words = {
  signUpAgain: ({ name, panel }) => ({
    subject: `You already have an account at ${panel}`,
    text: `Hello ${name},\n\nsomebody, perhaps you, tried to sign up at ${panel} with this email address. You have an account already, and nothing about it was changed.\n\nIf it was you: sign in, or choose “Forgotten password” to set a new one. If it was not: there is nothing you need to do.\n`,
  }),
  passwordChanged: ({ name, panel }) => ({
    subject: `Your password at ${panel} was changed`,
    text: `Hello ${name},\n\nthe password of your account at ${panel} was changed just now, and every other browser was signed out.\n\nIf it was you, there is nothing you need to do. If it was not: choose “Forgotten password” on the sign-in page at once, and then look at your orders and API keys.\n`,
  }),
  emailAsked: ({ name, panel, to }) => ({
    subject: `Somebody wants another email for your account at ${panel}`,
    text: `Hello ${name},\n\nthe email of your account at ${panel} is to become ${to}. It is not changed until a code that was mailed there is typed in.\n\nIf it was you, there is nothing you need to do here. If it was not: choose “Forgotten password” on the sign-in page at once. That signs everybody out, and the change cannot go on.\n`,
  }),
  emailCode: ({ panel, code }) => ({
    subject: `Your code for ${panel}`,
    text: `Hello,\n\nthis address is to become the email of an account at ${panel}. To confirm it, type this code on the page that asked for it, within an hour: ${code}\n\nIf you did not ask for it, there is nothing you need to do.\n`,
  }),
  emailTaken: ({ name, panel }) => ({
    subject: `You already have an account at ${panel}`,
    text: `Hello ${name},\n\nsomebody, perhaps you, wanted to make this address the email of another account at ${panel}. It is the email of yours, and nothing about either was changed.\n\nIf it was not you, there is nothing you need to do.\n`,
  }),
  emailChanged: ({ name, panel, to }) => ({
    subject: `The email of your account at ${panel} was changed`,
    text: `Hello ${name},\n\nthe email of your account at ${panel} is ${to} from now on: sign in with it, and mail about the account goes there. The former address opens nothing any more.\n\nIf it was you, there is nothing you need to do. If it was not: tell the people who run ${panel} at once, from the former address.\n`,
  }),
  secondFactorOn: ({ name, panel }) => ({
    subject: `Your account at ${panel} asks for a second factor now`,
    text: `Hello ${name},\n\nfrom now on a code from your authenticator app is asked for whenever somebody signs in to your account at ${panel}. Keep the recovery codes somewhere else than the phone with the app: one of them signs you in if the app is lost.\n\nIf it was you, there is nothing you need to do. If it was not: tell the people who run ${panel} at once.\n`,
  }),
  secondFactorOff: ({ name, panel }) => ({
    subject: `Your account at ${panel} asks for no second factor any more`,
    text: `Hello ${name},\n\nthe second factor of your account at ${panel} was turned off just now: the password alone signs in. The recovery codes are worth nothing any more.\n\nIf it was you, there is nothing you need to do. If it was not: choose “Forgotten password” on the sign-in page at once, and then turn the second factor on again.\n`,
  }),
  recoveryUsed: ({ name, panel }) => ({
    subject: `A recovery code opened your account at ${panel}`,
    text: `Hello ${name},\n\nsomebody signed in to your account at ${panel} with the password and a recovery code. The authenticator app was forgotten with that, and the second factor is off: turn it on again under Settings, with a new app and new recovery codes.\n\nIf it was you, there is nothing else you need to do. If it was not: choose “Forgotten password” on the sign-in page at once.\n`,
  }),
  recoveryCodesNew: ({ name, panel }) => ({
    subject: `New recovery codes for your account at ${panel}`,
    text: `Hello ${name},\n\nnew recovery codes were made for your account at ${panel}. Those from before open nothing any more.\n\nIf it was you, there is nothing you need to do. If it was not: choose “Forgotten password” on the sign-in page at once.\n`,
  }),
  archiveReady: ({ name, panel }) => ({
    subject: `Your data from ${panel} is ready`,
    text: `Hello ${name},\n\nthe archive of everything that ${panel} holds about you, which you asked for, is ready. Sign in and fetch it under Settings, “Your data”, within seven days; your password is asked for once more.\n\nIf it was not you who asked: choose “Forgotten password” on the sign-in page at once.\n`,
  }),
  accountClosed: ({ name, panel, at }) => ({
    subject: `Your account at ${panel} is closed`,
    text: `Hello ${name},\n\nyour account at ${panel} was closed just now: every browser was signed out, and no API key works any more. On ${timeIn('en-GB', at)} everything personal in it is erased; of an account that was suspended not before we have looked into why.\n\nUntil then you can keep it: sign in and choose “Keep my account”. If you neither closed it nor asked us to: do so at once, and set a new password.\n`,
  }),
  accountSuspended: ({ name, panel, reason }) => ({
    subject: `Your account at ${panel} is suspended`,
    text: `Hello ${name},\n\nyour account at ${panel} was suspended just now. ${suspensions[reason ?? 'untold']}\n\nNothing can be ordered and no API key works until it is lifted. Your balance is kept, orders under way go on, and what is refunded goes to the balance.\n\nYou can still sign in: to write to us about it, to get everything that is held about you, and to close the account.\n`,
  }),
  accountKept: ({ name, panel }) => ({
    subject: `Your account at ${panel} goes on`,
    text: `Hello ${name},\n\nyour account at ${panel} was closed and is open again: nothing of it was erased. API keys that were ended stay ended; make new ones.\n\nIf it was not you: choose “Forgotten password” on the sign-in page at once.\n`,
  }),
  newDevice: ({ name, panel, device, at, address }) => ({
    subject: `A new device signed in at ${panel}`,
    text: `Hello ${name},\n\nyour account at ${panel} was signed in to from a device it had not been used with before.\n\nDevice: ${device}\nTime: ${timeIn('en-GB', at)}${address ? `\nAddress: ${address}` : ''}\n\nIf it was you, there is nothing you need to do. If it was not: end that session under Settings, “Where you are signed in”, and set a new password.\n`,
  }),
  ticketAnswered: ({ name, panel, ticket }) => ({
    subject: `Support answered in ticket ${ticket} at ${panel}`,
    text: `Hello ${name},\n\nthere is an answer in your ticket ${ticket} at ${panel}. To read it and to write back, sign in and open “Tickets”; what is written there is not sent by mail.\n\nYou can turn these mails off under Settings, “Preferences”.\n`,
  }),
  inquiryAnswered: ({ name, panel, subject, text }) => ({
    subject: `Re: ${subject}`,
    text: `Hello ${name},\n\n${text}\n\n-- \nYou wrote to ${panel}; this is the answer. To write back, use the contact form once more.\n`,
  }),
  keyMade: (of) => ({
    subject: `A new API key for your account at ${of.panel}`,
    text: `Hello ${of.name},\n\nan API key was made for your account at ${of.panel}.\n\n${key(of)}${notYou}`,
  }),
  keyRotated: (of) => ({
    subject: `An API key of your account at ${of.panel} was rotated`,
    text: `Hello ${of.name},\n\na new API key stands in the place of one of your account at ${of.panel}. The former one goes on only as long as was chosen.\n\n${key(of)}${notYou}`,
  }),
  keyWidened: (of) => ({
    subject: `An API key of your account at ${of.panel} may do more now`,
    text: `Hello ${of.name},\n\nan API key of your account at ${of.panel} may do something, or be used from somewhere, that it was not allowed before.\n\n${key(of)}${notYou}`,
  }),
  policyNew: ({ name, panel, version, changes, address }) => ({
    subject: `The terms and policies of ${panel} have changed`,
    text: `Hello ${name},\n\nversion ${version} of the terms and policies of ${panel} was published.${listed('What changed', changes)}\n\nRead them, and accept them when you are signed in: ${address}\n\nThis message comes to every customer and cannot be switched off.\n`,
  }),
  policyBinds: ({ name, panel, version, changes, address, from }) => ({
    subject: `Please accept the new terms of ${panel}`,
    text: `Hello ${name},\n\nversion ${version} of the terms and policies of ${panel} has to be accepted before you go on ordering.${listed('What changed', changes)}\n\nFrom ${timeIn('en-GB', from)} on, nothing is ordered without it: neither on the site nor by API. Until then everything goes on as before, API keys included. Orders under way and your balance are not touched.\n\nRead and accept: ${address}\n\nThis message comes to every customer whom it concerns and cannot be switched off.\n`,
  }),
  announced: ({ name, panel, title, text, optOut }) => ({
    subject: `${panel}: ${title}`,
    text: `Hello ${name},\n\n${text}\n\n--\nYou get announcements of ${panel} by mail. To stop them, no sign-in needed: ${optOut}\n`,
  }),
  changesOf: ({ name, panel, day, lines, optOut }) => ({
    subject: `${panel}: changes of services you ordered, ${day}`,
    text: `Hello ${name},\n\non ${day} these services, which you have ordered before, changed:${listed('', lines)}\n\n--\nYou chose this daily mail under Settings. To stop it, no sign-in needed: ${optOut}\n`,
  }),
  change: { 'price-up': 'Price up', 'price-down': 'Price down', new: 'New', gone: 'Gone', back: 'Back' },
}

const suspensions: Readonly<Record<SuspensionReason | 'untold', string>> = {
  'forbidden-use': 'The reason: something was ordered that the terms forbid.',
  fraud: 'The reason: there are signs of fraud.',
  'payment-disputed': 'The reason: a payment is disputed.',
  'taken-over':
    'The reason: it looks as if somebody else got in. Choose “Forgotten password” on the sign-in page, and write to us.',
  law: 'The reason: a law or a court demands it.',
  untold: 'We may not tell you the reason here; ask us.',
}
const scopes = { read: 'read only', order: 'place and follow orders', all: 'everything' } as const
const key = (of: OfKey): string =>
  `Key: ${of.key} (${of.prefix}…)\nAllowed: ${scopes[of.scope]}\nFrom: ${of.addresses === 0 ? 'anywhere' : `${of.addresses} ${of.addresses === 1 ? 'address or network' : 'addresses or networks'}`}`
const notYou =
  '\n\nIf it was you, there is nothing you need to do. If it was not: revoke the key under “API keys” at once, end the other sessions under Settings, and set a new password.\n'
