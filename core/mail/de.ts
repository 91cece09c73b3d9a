import type { SuspensionReason } from '../identity/suspension.ts'
import { listed } from './listed.ts'
import { timeIn } from './time.ts'
import type { OfKey, Words } from './words.ts'

export const de: Words = {
  signUpAgain: ({ name, panel }) => ({
    subject: `Sie haben bereits ein Konto bei ${panel}`,
    text: `Guten Tag ${name},\n\njemand, vielleicht Sie selbst, wollte sich bei ${panel} mit dieser E-Mail-Adresse anmelden. Sie haben dort bereits ein Konto, und an ihm wurde nichts geändert.\n\nWenn Sie es waren: Melden Sie sich an, oder wählen Sie „Forgotten password“, um ein neues Passwort zu setzen. Wenn nicht, brauchen Sie nichts zu tun.\n`,
  }),
  passwordChanged: ({ name, panel }) => ({
    subject: `Ihr Passwort bei ${panel} wurde geändert`,
    text: `Guten Tag ${name},\n\ndas Passwort Ihres Kontos bei ${panel} wurde soeben geändert, und jeder andere Browser wurde abgemeldet.\n\nWenn Sie es waren, brauchen Sie nichts zu tun. Wenn nicht: Wählen Sie auf der Anmeldeseite sofort „Forgotten password“, und sehen Sie danach Ihre Bestellungen und API-Schlüssel durch.\n`,
  }),
  emailAsked: ({ name, panel, to }) => ({
    subject: `Jemand möchte die E-Mail-Adresse Ihres Kontos bei ${panel} ändern`,
    text: `Guten Tag ${name},\n\ndie E-Mail-Adresse Ihres Kontos bei ${panel} soll künftig ${to} sein. Geändert wird sie erst, wenn ein Code eingegeben wird, der dorthin geschickt wurde.\n\nWenn Sie es waren, brauchen Sie hier nichts zu tun. Wenn nicht: Wählen Sie auf der Anmeldeseite sofort „Forgotten password“. Damit werden alle abgemeldet, und die Änderung kann nicht weitergehen.\n`,
  }),
  emailCode: ({ panel, code }) => ({
    subject: `Ihr Code für ${panel}`,
    text: `Guten Tag,\n\ndiese Adresse soll die E-Mail-Adresse eines Kontos bei ${panel} werden. Geben Sie zur Bestätigung innerhalb einer Stunde auf der Seite, die danach fragt, diesen Code ein: ${code}\n\nWenn Sie ihn nicht angefordert haben, brauchen Sie nichts zu tun.\n`,
  }),
  emailTaken: ({ name, panel }) => ({
    subject: `Sie haben bereits ein Konto bei ${panel}`,
    text: `Guten Tag ${name},\n\njemand, vielleicht Sie selbst, wollte diese Adresse zur E-Mail-Adresse eines anderen Kontos bei ${panel} machen. Sie gehört zu Ihrem Konto, und an keinem der beiden wurde etwas geändert.\n\nWenn Sie es nicht waren, brauchen Sie nichts zu tun.\n`,
  }),
  emailChanged: ({ name, panel, to }) => ({
    subject: `Die E-Mail-Adresse Ihres Kontos bei ${panel} wurde geändert`,
    text: `Guten Tag ${name},\n\ndie E-Mail-Adresse Ihres Kontos bei ${panel} ist ab jetzt ${to}: Damit melden Sie sich an, und dorthin geht die Post zum Konto. Die frühere Adresse öffnet nichts mehr.\n\nWenn Sie es waren, brauchen Sie nichts zu tun. Wenn nicht: Wenden Sie sich sofort von der früheren Adresse aus an die Betreiber von ${panel}.\n`,
  }),
  secondFactorOn: ({ name, panel }) => ({
    subject: `Ihr Konto bei ${panel} fragt jetzt nach einem zweiten Faktor`,
    text: `Guten Tag ${name},\n\nab jetzt wird bei jeder Anmeldung an Ihrem Konto bei ${panel} ein Code aus Ihrer Authenticator-App verlangt. Bewahren Sie die Wiederherstellungscodes anderswo auf als auf dem Telefon mit der App: Geht die App verloren, meldet einer von ihnen Sie an.\n\nWenn Sie es waren, brauchen Sie nichts zu tun. Wenn nicht: Wenden Sie sich sofort an die Betreiber von ${panel}.\n`,
  }),
  secondFactorOff: ({ name, panel }) => ({
    subject: `Ihr Konto bei ${panel} fragt nicht mehr nach einem zweiten Faktor`,
    text: `Guten Tag ${name},\n\nder zweite Faktor Ihres Kontos bei ${panel} wurde soeben ausgeschaltet: Zur Anmeldung genügt das Passwort. Die Wiederherstellungscodes gelten nicht mehr.\n\nWenn Sie es waren, brauchen Sie nichts zu tun. Wenn nicht: Wählen Sie auf der Anmeldeseite sofort „Forgotten password“, und schalten Sie den zweiten Faktor danach wieder ein.\n`,
  }),
  recoveryUsed: ({ name, panel }) => ({
    subject: `Ein Wiederherstellungscode hat Ihr Konto bei ${panel} geöffnet`,
    text: `Guten Tag ${name},\n\njemand hat sich an Ihrem Konto bei ${panel} mit dem Passwort und einem Wiederherstellungscode angemeldet. Die Authenticator-App gilt damit nicht mehr, und der zweite Faktor ist aus: Schalten Sie ihn unter „Settings“ wieder ein, mit einer neuen App und neuen Codes.\n\nWenn Sie es waren, brauchen Sie sonst nichts zu tun. Wenn nicht: Wählen Sie auf der Anmeldeseite sofort „Forgotten password“.\n`,
  }),
  recoveryCodesNew: ({ name, panel }) => ({
    subject: `Neue Wiederherstellungscodes für Ihr Konto bei ${panel}`,
    text: `Guten Tag ${name},\n\nfür Ihr Konto bei ${panel} wurden neue Wiederherstellungscodes erstellt. Die bisherigen öffnen nichts mehr.\n\nWenn Sie es waren, brauchen Sie nichts zu tun. Wenn nicht: Wählen Sie auf der Anmeldeseite sofort „Forgotten password“.\n`,
  }),
  archiveReady: ({ name, panel }) => ({
    subject: `Ihre Daten von ${panel} liegen bereit`,
    text: `Hallo ${name},\n\ndas Archiv mit allem, was ${panel} über Sie gespeichert hat, liegt bereit. Melden Sie sich an und holen Sie es innerhalb von sieben Tagen unter „Settings“, „Your data“ ab; Ihr Passwort wird noch einmal verlangt.\n\nWenn nicht Sie es angefordert haben: Wählen Sie sofort „Forgotten password“ auf der Anmeldeseite.\n`,
  }),
  accountClosed: ({ name, panel, at }) => ({
    subject: `Ihr Konto bei ${panel} ist geschlossen`,
    text: `Hallo ${name},\n\nIhr Konto bei ${panel} wurde soeben geschlossen: Alle Browser wurden abgemeldet, und kein API-Schlüssel gilt mehr. Am ${timeIn('de-DE', at)} wird alles Persönliche darin gelöscht; bei einem gesperrten Konto nicht, bevor wir den Grund geprüft haben.\n\nBis dahin können Sie es behalten: Melden Sie sich an und wählen Sie „Keep my account“. Wenn Sie es weder geschlossen noch uns darum gebeten haben: Tun Sie das sofort und setzen Sie ein neues Passwort.\n`,
  }),
  accountSuspended: ({ name, panel, reason }) => ({
    subject: `Ihr Konto bei ${panel} ist gesperrt`,
    text: `Guten Tag ${name},\n\nIhr Konto bei ${panel} wurde soeben gesperrt. ${suspensions[reason ?? 'untold']}\n\nBis die Sperre aufgehoben ist, kann nichts bestellt werden, und kein API-Schlüssel gilt. Ihr Guthaben bleibt, laufende Bestellungen gehen weiter, und was erstattet wird, kommt zum Guthaben.\n\nAnmelden können Sie sich weiterhin: um uns dazu zu schreiben, um alles zu bekommen, was über Sie gespeichert ist, und um das Konto zu schließen.\n`,
  }),
  accountKept: ({ name, panel }) => ({
    subject: `Ihr Konto bei ${panel} besteht weiter`,
    text: `Hallo ${name},\n\nIhr Konto bei ${panel} war geschlossen und ist wieder offen: Nichts davon wurde gelöscht. Beendete API-Schlüssel bleiben beendet; legen Sie neue an.\n\nWenn Sie das nicht waren: Wählen Sie sofort „Forgotten password“ auf der Anmeldeseite.\n`,
  }),
  newDevice: ({ name, panel, device, at, address }) => ({
    subject: `Anmeldung mit einem neuen Gerät bei ${panel}`,
    text: `Guten Tag ${name},\n\nan Ihrem Konto bei ${panel} hat sich ein Gerät angemeldet, mit dem es bisher nicht benutzt wurde.\n\nGerät: ${device}\nZeit: ${timeIn('de', at)}${address ? `\nAdresse: ${address}` : ''}\n\nWenn Sie es waren, brauchen Sie nichts zu tun. Wenn nicht: Beenden Sie diese Sitzung unter „Settings“, „Where you are signed in“, und setzen Sie ein neues Passwort.\n`,
  }),
  ticketAnswered: ({ name, panel, ticket }) => ({
    subject: `Der Support hat im Ticket ${ticket} bei ${panel} geantwortet`,
    text: `Hallo ${name},\n\nin Ihrem Ticket ${ticket} bei ${panel} gibt es eine Antwort. Um sie zu lesen und zu antworten, melden Sie sich an und öffnen Sie „Tickets“; was dort steht, wird nicht per Mail verschickt.\n\nDiese Mails können Sie unter „Settings“, „Preferences“ abstellen.\n`,
  }),
  inquiryAnswered: ({ name, panel, subject, text }) => ({
    subject: `Re: ${subject}`,
    text: `Hallo ${name},\n\n${text}\n\n-- \nSie haben an ${panel} geschrieben; dies ist die Antwort. Um zurückzuschreiben, nutzen Sie bitte noch einmal das Kontaktformular.\n`,
  }),
  keyMade: (of) => ({
    subject: `Ein neuer API-Schlüssel für Ihr Konto bei ${of.panel}`,
    text: `Guten Tag ${of.name},\n\nfür Ihr Konto bei ${of.panel} wurde ein API-Schlüssel erstellt.\n\n${key(of)}${notYou}`,
  }),
  keyRotated: (of) => ({
    subject: `Ein API-Schlüssel Ihres Kontos bei ${of.panel} wurde ersetzt`,
    text: `Guten Tag ${of.name},\n\nein API-Schlüssel Ihres Kontos bei ${of.panel} wurde durch einen neuen ersetzt. Der bisherige gilt nur noch so lange, wie es gewählt wurde.\n\n${key(of)}${notYou}`,
  }),
  keyWidened: (of) => ({
    subject: `Ein API-Schlüssel Ihres Kontos bei ${of.panel} darf jetzt mehr`,
    text: `Guten Tag ${of.name},\n\nein API-Schlüssel Ihres Kontos bei ${of.panel} darf jetzt etwas, oder von irgendwo benutzt werden, was ihm bisher nicht erlaubt war.\n\n${key(of)}${notYou}`,
  }),
  policyNew: ({ name, panel, version, changes, address }) => ({
    subject: `Die Bedingungen und Richtlinien von ${panel} haben sich geändert`,
    text: `Guten Tag ${name},\n\nFassung ${version} der Bedingungen und Richtlinien von ${panel} wurde veröffentlicht. Die Texte sind auf Englisch.${listed('Geändert wurde', changes)}\n\nLesen Sie sie hier, und stimmen Sie angemeldet zu: ${address}\n\nDiese Nachricht erhalten alle Kunden; sie lässt sich nicht abbestellen.\n`,
  }),
  policyBinds: ({ name, panel, version, changes, address, from }) => ({
    subject: `Bitte stimmen Sie den neuen Bedingungen von ${panel} zu`,
    text: `Guten Tag ${name},\n\nbevor Sie weiter bestellen, ist Ihre Zustimmung zu Fassung ${version} der Bedingungen und Richtlinien von ${panel} nötig.${listed('Geändert wurde', changes)}\n\nAb ${timeIn('de', from)} wird ohne sie nichts mehr bestellt, weder auf der Website noch über die API. Bis dahin bleibt alles wie bisher, auch für API-Schlüssel. Laufende Bestellungen und Ihr Guthaben sind nicht betroffen.\n\nLesen und zustimmen: ${address}\n\nDiese Nachricht erhalten alle Kunden, die sie betrifft; sie lässt sich nicht abbestellen.\n`,
  }),
  announced: ({ name, panel, title, text, optOut }) => ({
    subject: `${panel}: ${title}`,
    text: `Guten Tag ${name},\n\n${text}\n\n--\nSie erhalten Ankündigungen von ${panel} per E-Mail. Abbestellen, ohne Anmeldung: ${optOut}\n`,
  }),
  changesOf: ({ name, panel, day, lines, optOut }) => ({
    subject: `${panel}: Änderungen an Diensten, die Sie bestellt haben, ${day}`,
    text: `Guten Tag ${name},\n\nam ${day} haben sich diese Dienste geändert, die Sie schon bestellt haben:${listed('', lines)}\n\n--\nSie haben diese tägliche Nachricht unter „Settings“ gewählt. Abbestellen, ohne Anmeldung: ${optOut}\n`,
  }),
  change: { 'price-up': 'Teurer', 'price-down': 'Günstiger', new: 'Neu', gone: 'Nicht mehr da', back: 'Wieder da' },
}

const suspensions: Readonly<Record<SuspensionReason | 'untold', string>> = {
  'forbidden-use': 'Der Grund: Es wurde etwas bestellt, das die Bedingungen verbieten.',
  fraud: 'Der Grund: Es gibt Anzeichen für Betrug.',
  'payment-disputed': 'Der Grund: Eine Zahlung wird bestritten.',
  'taken-over':
    'Der Grund: Es sieht so aus, als sei jemand anderes hineingelangt. Wählen Sie auf der Anmeldeseite „Forgotten password“, und schreiben Sie uns.',
  law: 'Der Grund: Ein Gesetz oder ein Gericht verlangt es.',
  untold: 'Den Grund dürfen wir hier nicht nennen; fragen Sie uns.',
}
const scopes = { read: 'nur lesen', order: 'bestellen und Bestellungen verfolgen', all: 'alles' } as const
const key = (of: OfKey): string =>
  `Schlüssel: ${of.key} (${of.prefix}…)\nErlaubt: ${scopes[of.scope]}\nVon: ${of.addresses === 0 ? 'überall' : `${of.addresses} ${of.addresses === 1 ? 'Adresse oder Netz' : 'Adressen oder Netzen'}`}`
const notYou =
  '\n\nWenn Sie es waren, brauchen Sie nichts zu tun. Wenn nicht: Widerrufen Sie den Schlüssel sofort unter „API keys“, beenden Sie die anderen Sitzungen unter „Settings“, und setzen Sie ein neues Passwort.\n'
