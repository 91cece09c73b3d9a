import { inquiryDays } from '../inquiries/inquiry.ts'
import { periods } from '../privacy/periods.ts'
import type { PolicyDocument, PolicyFacts } from './document.ts'

const days = (count: number): string => (count === 1 ? 'a day' : count === 365 ? 'a year' : `${count} days`)
const years = (count: number): string => (count === 1 ? 'a year' : `${count} years`)

/** The privacy policy. Each period in it is the one that the code goes by. */
export const privacy = ({ panelName, operator, retention, privacyRequestDays }: PolicyFacts): PolicyDocument => ({
  name: 'privacy',
  title: 'Privacy policy',
  sections: [
    {
      heading: 'Who is responsible',
      body: [
        `${operator.name}, ${operator.address}, ${operator.country}, runs ${panelName} and is responsible for what happens with your data here. Write to ${operator.email}, or open a ticket of the kind “privacy request”.`,
      ],
    },
    {
      heading: 'What we hold',
      body: [
        [
          '**Your account:** full name, email, when you joined, what you chose under Settings, and which version of this policy and of the terms you accepted, and when. Your password goes to the identity service alone. Nobody can read it back, and neither can we.',
          '**Your profile:** a picture and files, if you choose to upload them. Pictures are checked by their content, made anew without what cameras write into them, and kept privately.',
          '**What you write to us:** tickets, the contact form and reports, with who sent them and when. The contact form works without an account.',
          '**Your money:** the balance, and a ledger of every deposit, charge, refund and correction. Of what a payment service answers, only named fields are kept. No card or bank account number is ever stored.',
          '**Your orders:** service, link or user name, quantity, comments where the service is made of them, charge, and how far each is.',
          '**Your sessions:** from which address and browser you are signed in and when; the kinds of device you have used (“Firefox on Linux”), so that you can be told of a new one.',
          '**Your keys:** of API keys and recovery codes a fingerprint, a key’s first characters, what it may do and from where, and roughly how much it was used.',
          '**Signs of misuse:** how often wrong keys, keys from elsewhere and numbers of other people’s orders were tried. Addresses are not kept with it.',
          '**What staff note** to help you. You get it with a copy of your data.',
          '**Announcements:** which were mailed to you and which you have read.',
          '**The access log:** address, browser type and version, date and time, the page you came from and the page you visited. No query strings and no cookies.',
        ],
      ],
    },
    {
      heading: 'What it is used for',
      body: [
        [
          '**To run the panel and its API:** orders, balance, exact records of money. We need this to keep our contract with you.',
          '**To write to you** about your account, tickets, announcements and changes of these documents. Nothing is advertised. Announcements can be switched off under Settings and in every such mail. Messages about the safety of your account and changes of these documents always come.',
          '**To notice fraud,** chargeback abuse, misuse of the API and break-ins. Such signs are recorded, staff see them, and a deposit, an order or an account can be held because of them. It is our legitimate interest, and yours.',
          '**To answer lawful requests.** Each disclosure names the law it rests on, hands over no more than that law asks for, and is recorded.',
          '**To keep the panel safe and make it better:** the access log is counted by page and by day, without addresses.',
        ],
        'There is no advertising here and no profile of you for anybody. The pages load nothing from others, and your browser is told to refuse it. The one exception is a payment page that you choose to open.',
      ],
    },
    {
      heading: 'Who else sees it',
      body: [
        [
          '**Providers** get what an order needs: their own number of the service, the link or user name, the quantity, and what the service is made of, such as comments. Never your name, email, address, account, or anything else that says who ordered. This is checked on every message before it leaves.',
          '**Payment services** get what it takes to complete the deposit you chose to make with them.',
          '**Our host,** Amazon Web Services, stores and carries the data for us under contract, encrypted.',
          '**Staff** see personal data only in a role that needs it. Each look at a customer’s record is written into a trail that staff cannot change.',
        ],
        'Nothing is sold, rented or swapped.',
      ],
    },
    {
      heading: 'How it is protected',
      body: [
        'Everything travels encrypted, inside and out: providers and payment services that cannot do that are refused. Stored data is encrypted. Sessions are kept in cookies that scripts cannot read. Each part of the panel may reach only the data that its task needs. You can secure your account with a second factor, and are mailed when it is signed in to from a new device.',
      ],
    },
    {
      heading: 'How long it is kept',
      body: [
        {
          head: ['What', 'How long'],
          rows: [
            ['Account, profile, tickets, orders and transaction records', 'while the account is open'],
            [
              'A closed account’s personal data',
              `erased or made nameless ${days(retention.closedAccountDays)} after it was closed`,
            ],
            [
              'A closed account’s transaction records, under a number that names nobody',
              `${years(retention.transactionRecordYears)}, for audits and disputes`,
            ],
            [
              'What you entered to sign up (email, full name, accepted terms), if you never confirm it or never sign in',
              `${days(retention.unfinishedSignUpDays)}, and a day more at most`,
            ],
            ['Sessions', `${days(periods.sessionDays)} after they were last used, or until you end them`],
            ['Kinds of device', `${days(periods.deviceDays)} after the last sign-in with one`],
            ['A former email', `${days(periods.emailChangeDays)} after the change`],
            ['How much a key was used', days(periods.keyUseDays)],
            ['A key that was revoked, in your list', days(periods.closedKeyDays)],
            ['Signs of misuse', days(periods.signalDays)],
            ['A provider’s answers about an order whose outcome is unknown', days(periods.evidenceDays)],
            ['Which order a link was last used for, where one at a time is allowed', days(periods.targetDays)],
            ['Which announcements you were sent and have read', days(periods.newsDays)],
            ['What you write by a form without an account', days(inquiryDays)],
            ['What our staff did about it, in the trail of what staff do', years(retention.transactionRecordYears)],
            ['Entries of the access log', days(retention.accessLogDays)],
            ['Recovery copies of the database', `${days(periods.recoveryCopyDays)}, then they are gone by themselves`],
          ],
        },
        `What is erased is gone from the panel at once, and from recovery copies within ${days(periods.recoveryCopyDays)}. If the database has to be restored from one, erasures are carried out again before the panel opens. A dispute or a law can oblige us to stop the clock for an account; then nothing of it is erased until that is over.`,
      ],
    },
    {
      heading: 'Cookies',
      body: [
        'Cookies keep you signed in and remember what you chose. There are no others: none for advertising, and none of anybody else. Each is listed on the cookie page with its purpose and lifetime. With cookies off you can read all public pages, and the pages that need them say so.',
      ],
    },
    {
      heading: 'Your rights',
      body: [
        [
          '**To know:** ask for everything we hold about you, with one button under Settings or by a ticket of the kind “privacy request”. You get one archive that programs can read. Only you can fetch it, whoever had it made.',
          '**To have it corrected:** name, email, picture and preferences you change yourself. Ask for anything else by a ticket.',
          '**To have it erased:** close the account, or ask us by a ticket to close it for you. You are shown beforehand what happens to what, and when.',
          '**All of this while an account is suspended, too:** you sign in as ever and come to a page from which you write to us, get your archive and close the account. Before a suspended account is erased, we look whether a law obliges us to keep something of it; if you keep it, it is suspended as before.',
          '**To object and to limit,** and to take your data elsewhere: write to us.',
          `**To complain** to the data protection authority where you live, or to the one of ${operator.country}.`,
        ],
        `A privacy request is dealt with within ${days(privacyRequestDays)}, and we see when one is late.`,
      ],
    },
    {
      heading: 'Children',
      body: ['The panel is not meant for people under sixteen. If we learn that an account is theirs, it is closed.'],
    },
    {
      heading: 'Changes of this policy',
      body: [
        'This policy has a version and the day it was last updated. A new version is shown on the site with what changed, and mailed to every customer. Former versions stay readable. Which version you accepted, and when, is on record from your registration on.',
      ],
    },
  ],
})
