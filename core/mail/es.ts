import type { SuspensionReason } from '../identity/suspension.ts'
import { listed } from './listed.ts'
import { timeIn } from './time.ts'
import type { OfKey, Words } from './words.ts'

export const es: Words = {
  signUpAgain: ({ name, panel }) => ({
    subject: `Ya tiene una cuenta en ${panel}`,
    text: `Hola, ${name}:\n\nalguien, quizá usted, ha intentado registrarse en ${panel} con esta dirección de correo. Ya tiene una cuenta y no se ha cambiado nada en ella.\n\nSi fue usted: inicie sesión o elija «Forgotten password» para poner una contraseña nueva. Si no lo fue, no tiene que hacer nada.\n`,
  }),
  passwordChanged: ({ name, panel }) => ({
    subject: `Se ha cambiado su contraseña en ${panel}`,
    text: `Hola, ${name}:\n\nla contraseña de su cuenta en ${panel} acaba de cambiarse y se ha cerrado la sesión en todos los demás navegadores.\n\nSi fue usted, no tiene que hacer nada. Si no lo fue: elija enseguida «Forgotten password» en la página de inicio de sesión y revise después sus pedidos y claves de API.\n`,
  }),
  emailAsked: ({ name, panel, to }) => ({
    subject: `Alguien quiere cambiar el correo de su cuenta en ${panel}`,
    text: `Hola, ${name}:\n\nel correo de su cuenta en ${panel} pasará a ser ${to}. No se cambia hasta que se escriba un código enviado a esa dirección.\n\nSi fue usted, aquí no tiene que hacer nada. Si no lo fue: elija enseguida «Forgotten password» en la página de inicio de sesión. Con ello se cierran todas las sesiones y el cambio no puede continuar.\n`,
  }),
  emailCode: ({ panel, code }) => ({
    subject: `Su código para ${panel}`,
    text: `Hola:\n\nesta dirección va a ser el correo de una cuenta en ${panel}. Para confirmarlo, escriba en el plazo de una hora este código en la página que lo pide: ${code}\n\nSi no lo ha pedido, no tiene que hacer nada.\n`,
  }),
  emailTaken: ({ name, panel }) => ({
    subject: `Ya tiene una cuenta en ${panel}`,
    text: `Hola, ${name}:\n\nalguien, quizá usted, quería que esta dirección fuera el correo de otra cuenta en ${panel}. Es el correo de la suya y no se ha cambiado nada en ninguna de las dos.\n\nSi no fue usted, no tiene que hacer nada.\n`,
  }),
  emailChanged: ({ name, panel, to }) => ({
    subject: `Se ha cambiado el correo de su cuenta en ${panel}`,
    text: `Hola, ${name}:\n\nel correo de su cuenta en ${panel} es desde ahora ${to}: inicie sesión con él; allí llegarán los mensajes sobre la cuenta. La dirección anterior ya no abre nada.\n\nSi fue usted, no tiene que hacer nada. Si no lo fue: escriba enseguida, desde la dirección anterior, a quienes llevan ${panel}.\n`,
  }),
  secondFactorOn: ({ name, panel }) => ({
    subject: `Su cuenta en ${panel} pide ahora un segundo factor`,
    text: `Hola, ${name}:\n\ndesde ahora se pide un código de su aplicación de autenticación cada vez que alguien inicia sesión en su cuenta de ${panel}. Guarde los códigos de recuperación en un lugar distinto del teléfono con la aplicación: si la pierde, uno de ellos le deja entrar.\n\nSi fue usted, no tiene que hacer nada. Si no lo fue: avise enseguida a quienes llevan ${panel}.\n`,
  }),
  secondFactorOff: ({ name, panel }) => ({
    subject: `Su cuenta en ${panel} ya no pide un segundo factor`,
    text: `Hola, ${name}:\n\nel segundo factor de su cuenta en ${panel} acaba de desactivarse: para entrar basta la contraseña. Los códigos de recuperación ya no sirven.\n\nSi fue usted, no tiene que hacer nada. Si no lo fue: elija enseguida «Forgotten password» en la página de inicio de sesión y active después de nuevo el segundo factor.\n`,
  }),
  recoveryUsed: ({ name, panel }) => ({
    subject: `Un código de recuperación ha abierto su cuenta en ${panel}`,
    text: `Hola, ${name}:\n\nalguien ha iniciado sesión en su cuenta de ${panel} con la contraseña y un código de recuperación. Con ello se ha olvidado la aplicación de autenticación y el segundo factor está desactivado: actívelo de nuevo en «Settings», con otra aplicación y códigos nuevos.\n\nSi fue usted, no tiene que hacer nada más. Si no lo fue: elija enseguida «Forgotten password» en la página de inicio de sesión.\n`,
  }),
  recoveryCodesNew: ({ name, panel }) => ({
    subject: `Códigos de recuperación nuevos para su cuenta en ${panel}`,
    text: `Hola, ${name}:\n\nse han creado códigos de recuperación nuevos para su cuenta en ${panel}. Los anteriores ya no abren nada.\n\nSi fue usted, no tiene que hacer nada. Si no lo fue: elija enseguida «Forgotten password» en la página de inicio de sesión.\n`,
  }),
  archiveReady: ({ name, panel }) => ({
    subject: `Sus datos de ${panel} están listos`,
    text: `Hola, ${name}:\n\nel archivo con todo lo que ${panel} guarda sobre usted está listo. Inicie sesión y descárguelo en «Settings», «Your data», antes de siete días; se le pedirá la contraseña otra vez.\n\nSi no lo pidió usted: elija enseguida «Forgotten password» en la página de inicio de sesión.\n`,
  }),
  accountClosed: ({ name, panel, at }) => ({
    subject: `Su cuenta en ${panel} está cerrada`,
    text: `Hola, ${name}:\n\nsu cuenta en ${panel} se acaba de cerrar: se cerró la sesión en todos los navegadores y ninguna clave de API funciona ya. El ${timeIn('es-ES', at)} se borrará todo lo personal que hay en ella; si la cuenta estaba suspendida, no antes de que hayamos examinado el motivo.\n\nHasta entonces puede conservarla: inicie sesión y elija «Keep my account». Si no la cerró usted ni nos lo pidió: hágalo enseguida y ponga una contraseña nueva.\n`,
  }),
  accountSuspended: ({ name, panel, reason }) => ({
    subject: `Su cuenta en ${panel} está suspendida`,
    text: `Hola, ${name}:\n\nsu cuenta en ${panel} se acaba de suspender. ${suspensions[reason ?? 'untold']}\n\nHasta que se levante la suspensión no se puede pedir nada y ninguna clave de API funciona. Su saldo se conserva, los pedidos en curso siguen y lo que se devuelva irá al saldo.\n\nPuede seguir iniciando sesión: para escribirnos sobre ello, para obtener todo lo que se guarda sobre usted y para cerrar la cuenta.\n`,
  }),
  accountKept: ({ name, panel }) => ({
    subject: `Su cuenta en ${panel} sigue abierta`,
    text: `Hola, ${name}:\n\nsu cuenta en ${panel} estaba cerrada y vuelve a estar abierta: no se borró nada. Las claves de API que se cerraron siguen cerradas; cree otras nuevas.\n\nSi no fue usted: elija enseguida «Forgotten password» en la página de inicio de sesión.\n`,
  }),
  newDevice: ({ name, panel, device, at, address }) => ({
    subject: `Un dispositivo nuevo ha iniciado sesión en ${panel}`,
    text: `Hola, ${name}:\n\nse ha iniciado sesión en su cuenta de ${panel} desde un dispositivo con el que no se había usado antes.\n\nDispositivo: ${device}\nHora: ${timeIn('es', at)}${address ? `\nDirección: ${address}` : ''}\n\nSi fue usted, no tiene que hacer nada. Si no lo fue: cierre esa sesión en «Settings», «Where you are signed in», y ponga una contraseña nueva.\n`,
  }),
  ticketAnswered: ({ name, panel, ticket }) => ({
    subject: `El soporte ha respondido en el tique ${ticket} de ${panel}`,
    text: `Hola, ${name}:\n\nhay una respuesta en su tique ${ticket} de ${panel}. Para leerla y contestar, inicie sesión y abra «Tickets»; lo que allí se escribe no se envía por correo.\n\nPuede desactivar estos correos en «Settings», «Preferences».\n`,
  }),
  inquiryAnswered: ({ name, panel, subject, text }) => ({
    subject: `Re: ${subject}`,
    text: `Hola, ${name}:\n\n${text}\n\n-- \nUsted escribió a ${panel}; esta es la respuesta. Para contestar, use de nuevo el formulario de contacto.\n`,
  }),
  keyMade: (of) => ({
    subject: `Una clave de API nueva para su cuenta en ${of.panel}`,
    text: `Hola, ${of.name}:\n\nse ha creado una clave de API para su cuenta en ${of.panel}.\n\n${key(of)}${notYou}`,
  }),
  keyRotated: (of) => ({
    subject: `Se ha renovado una clave de API de su cuenta en ${of.panel}`,
    text: `Hola, ${of.name}:\n\nuna clave de API nueva sustituye a una de su cuenta en ${of.panel}. La anterior vale solo el tiempo que se eligió.\n\n${key(of)}${notYou}`,
  }),
  keyWidened: (of) => ({
    subject: `Una clave de API de su cuenta en ${of.panel} puede ahora más`,
    text: `Hola, ${of.name}:\n\nuna clave de API de su cuenta en ${of.panel} puede ahora hacer algo, o usarse desde algún lugar, que antes no se le permitía.\n\n${key(of)}${notYou}`,
  }),
  policyNew: ({ name, panel, version, changes, address }) => ({
    subject: `Han cambiado las condiciones y políticas de ${panel}`,
    text: `Hola, ${name}:\n\nSe ha publicado la versión ${version} de las condiciones y políticas de ${panel}. Los textos están en inglés.${listed('Qué ha cambiado', changes)}\n\nLéalas y, con la sesión iniciada, acéptelas: ${address}\n\nEste mensaje llega a todos los clientes y no se puede desactivar.\n`,
  }),
  policyBinds: ({ name, panel, version, changes, address, from }) => ({
    subject: `Acepte, por favor, las nuevas condiciones de ${panel}`,
    text: `Hola, ${name}:\n\nPara seguir haciendo pedidos hay que aceptar la versión ${version} de las condiciones y políticas de ${panel}.${listed('Qué ha cambiado', changes)}\n\nA partir del ${timeIn('es', from)} no se hace ningún pedido sin ello, ni en el sitio ni por la API. Hasta entonces todo sigue igual, también con claves de API. Los pedidos en curso y su saldo no se ven afectados.\n\nLeer y aceptar: ${address}\n\nEste mensaje llega a todos los clientes a quienes afecta y no se puede desactivar.\n`,
  }),
  announced: ({ name, panel, title, text, optOut }) => ({
    subject: `${panel}: ${title}`,
    text: `Hola, ${name}:\n\n${text}\n\n--\nRecibe por correo los anuncios de ${panel}. Para dejar de recibirlos, sin iniciar sesión: ${optOut}\n`,
  }),
  changesOf: ({ name, panel, day, lines, optOut }) => ({
    subject: `${panel}: cambios de servicios que usted ha pedido, ${day}`,
    text: `Hola, ${name}:\n\nEl ${day} cambiaron estos servicios que usted ya había pedido:${listed('', lines)}\n\n--\nEligió este correo diario en «Settings». Para dejar de recibirlo, sin iniciar sesión: ${optOut}\n`,
  }),
  change: { 'price-up': 'Más caro', 'price-down': 'Más barato', new: 'Nuevo', gone: 'Retirado', back: 'De nuevo' },
}

const suspensions: Readonly<Record<SuspensionReason | 'untold', string>> = {
  'forbidden-use': 'El motivo: se pidió algo que las condiciones prohíben.',
  fraud: 'El motivo: hay indicios de fraude.',
  'payment-disputed': 'El motivo: hay un pago en disputa.',
  'taken-over':
    'El motivo: parece que otra persona ha entrado. Elija «Forgotten password» en la página de inicio de sesión y escríbanos.',
  law: 'El motivo: lo exige una ley o un tribunal.',
  untold: 'No podemos decirle aquí el motivo; pregúntenos.',
}
const scopes = { read: 'solo leer', order: 'hacer y seguir pedidos', all: 'todo' } as const
const key = (of: OfKey): string =>
  `Clave: ${of.key} (${of.prefix}…)\nPermitido: ${scopes[of.scope]}\nDesde: ${of.addresses === 0 ? 'cualquier lugar' : `${of.addresses} ${of.addresses === 1 ? 'dirección o red' : 'direcciones o redes'}`}`
const notYou =
  '\n\nSi fue usted, no tiene que hacer nada. Si no lo fue: revoque la clave enseguida en «API keys», cierre las demás sesiones en «Settings» y ponga una contraseña nueva.\n'
