import type { PolicyDocument, PolicyFacts } from './document.ts'

/** The terms of service, with refunds and forbidden use as parts of them. */
export const terms = ({ panelName, currency, operator }: PolicyFacts): PolicyDocument => ({
  name: 'terms',
  title: 'Terms of service',
  sections: [
    {
      heading: 'Who this is between',
      body: [
        `${panelName} is run by ${operator.name}, ${operator.address}, ${operator.country} (“we”). You can write to ${operator.email}. These terms are between you and us. They apply to the site, to the API and to every order.`,
        'You have to be of the age at which you can enter into a contract where you live. Whoever signs up for a company confirms that they may bind it.',
      ],
    },
    {
      heading: 'What you get',
      body: [
        'An account with a prepaid balance. You order services from the catalogue for links you name. We pass each order on to a provider, or carry it out ourselves, and tell you how it goes.',
        'Providers are independent of the networks their services concern, and so are we. A network may change how it counts, and may remove what was delivered. Times shown with a service are measured from past orders and are no promise.',
      ],
    },
    {
      heading: 'Your account',
      body: [
        'One person or company, one account, true details. Keep the password, the recovery codes and the authenticator app to yourself. What is done with them is done by you until you tell us that somebody else has them.',
        'You may close the account at any time. What is left of the balance is paid back as said under “Money back”. Orders that are under way then go on to their end.',
      ],
    },
    {
      heading: 'API keys',
      body: [
        'You may order by program, with API keys that you make yourself, limit in what they may do and from where they may be used, and revoke. What a program orders with a key of yours is ordered by you.',
        'Resellers sell under their own name and their own terms. Towards us the reseller is the customer, and answers for what their customers order.',
        'A key may be used as fast as the answers of the API allow it. Trying keys or order numbers that are not yours is misuse.',
      ],
    },
    {
      heading: 'Balance and prices',
      body: [
        `The balance is kept in ${currency}. Amounts in another currency are shown for orientation alone. The balance can be spent here. It bears no interest and cannot be passed on to another customer.`,
        [
          '**Price.** The service’s rate at the moment you order, times the quantity, divided by 1,000, rounded up to a millionth. A package has one price. The price is shown before you order and does not change afterwards.',
          '**Charge.** It is taken from your balance once, when the order is accepted. The same request sent twice with the same request id is one order.',
          '**Record.** Every movement of your money is in your statement with its reason and what was left afterwards. Entries are never edited. A correction is an entry of its own.',
        ],
      ],
    },
    {
      heading: 'Refunds of orders',
      body: [
        'What is not delivered is not paid for.',
        [
          '**Canceled:** the whole charge goes back to your balance.',
          '**Partial:** the charge for what remained goes back, rounded down to a millionth.',
          '**Refused by every provider:** the whole charge goes back.',
          '**Unknown:** when a provider’s answer is lost, nobody knows whether it began. Such an order is marked as being checked. It is neither sent again nor refunded until it is known what happened.',
        ],
        'Refunds go to the balance by themselves, and are never paid twice for the same part of an order. An order that was placed for a wrong link, or for one that is private or was deleted after it began, counts as delivered as far as the provider delivered it.',
      ],
    },
    {
      heading: 'Refills',
      body: [
        'A service marked with a refill gives back what is lost of a completed order within the days stated with it, counted from its completion. You ask for it at the order, or by API. It costs nothing.',
        'A refill is passed on to the provider that delivered. It can be turned down where nothing was lost, where the link changed, or where another order for the same link makes it impossible to tell what was lost.',
      ],
    },
    {
      heading: 'Cancellations',
      body: [
        'An order that was not sent yet is canceled at once and paid back. Of an order that is with its provider, a cancellation is a request: the provider decides, and what it had delivered by then is paid for.',
        'Of an order in runs, the runs that have not begun can be paused, resumed and canceled. Those that you leave paused for 30 days are canceled. Those that were canceled are paid back.',
      ],
    },
    {
      heading: 'Money back',
      body: [
        'Ask support to pay back what is left of your balance. It goes the way it came, less what the payment service keeps of it. Bonuses are not paid out.',
        'A payment that you dispute with your bank is first taken from what is available, then held as a debt until the dispute is decided. While a debt stands, money that comes in pays it first. Please write to us before you dispute a payment.',
        `Consumers in countries that give them a right to withdraw have it. By ordering you ask us to begin at once, and the right ends for an order when it was carried out in full. To withdraw, write to ${operator.email}.`,
      ],
    },
    {
      heading: 'Attested services',
      body: [
        'For each service somebody of our staff states where its effect comes from: advertising, partner accounts, people who are told what it is for, or another source that is named with the service. The name of whoever stated it is on record with us.',
        'Reviews, ratings and votes are not sold. If you think that a statement is wrong, tell us: the service is taken off sale until it is cleared up, and open orders are paid back as far as they are not delivered.',
      ],
    },
    {
      heading: 'Forbidden use',
      body: [
        [
          'Do not order for links that you have no right to promote, or against the will of whom they concern.',
          'Do not order for content that breaks the law, endangers children, calls for violence, or harasses somebody.',
          'Do not use what you buy to deceive buyers, voters or advertisers. Among others 16 CFR 465.8 in the United States forbids buying and selling fake indicators of social-media influence, and 465.2 forbids fake reviews. Which rules apply to you is for you to know.',
          'Do not hand anybody’s password to us. No form asks for one but the form for your own.',
          'Do not pay with what is not yours, and do not use the panel to move money for somebody else.',
          'Do not attack, overload or search the panel for weaknesses without our leave. Write to us if you found one: you will be thanked.',
        ],
        'Whoever a link belongs to can have it blocked. Orders for it are then held, and paid back as far as they are not delivered.',
      ],
    },
    {
      heading: 'Suspension',
      body: [
        'We can suspend an account for forbidden use, fraud, a disputed payment, or because a law or a court demands it. We tell you the reason unless a law forbids it. The balance is kept, orders that are under way go on, and refunds still arrive. You can still sign in to write to us, to get your data and to close the account.',
        'If nothing is cleared up within ninety days, we may close the account and pay back what is left of the balance, less what is owed.',
      ],
    },
    {
      heading: 'What we answer for',
      body: [
        'We answer without limit for intent and gross negligence, for harm to life, body and health, and wherever a law does not allow a limit.',
        'Otherwise we answer for what is typical and foreseeable, and not for more than you paid us in the twelve months before. We do not answer for what networks do to an account or a link, nor for what a provider delivers beyond its charge.',
        'We take care that the panel can be reached, and owe no particular availability. Work that can be planned is announced on the site.',
      ],
    },
    {
      heading: 'Changes of services and of these terms',
      body: [
        'Services, prices and bounds change all the time. What was ordered stays as it was ordered. Changes are listed on the page “Changes”.',
        'These terms have a version. A new one is published on the site with what changed, and mailed to you. Where it has to be accepted before you can go on ordering, we say from which day on. Until then you order under the version you accepted, by API too. If you do not accept it, you can close the account and have the balance paid back. Every version stays readable, and the version that you accepted is on record with the time.',
      ],
    },
    {
      heading: 'Law and disputes',
      body: [
        `The law of ${operator.country} applies. Rules that protect consumers where they live still do. If a part of these terms does not hold, the rest does.`,
        `If something is wrong, write to support or to ${operator.email} and name the order. Most things are in the record and can be settled the same day.`,
      ],
    },
  ],
})
