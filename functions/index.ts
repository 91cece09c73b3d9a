import { addCategory } from './admin/add-category.ts'
import { addCustomerNote } from './admin/add-customer-note.ts'
import { addProvider } from './admin/add-provider.ts'
import { addService } from './admin/add-service.ts'
import { addTicketNote } from './admin/add-ticket-note.ts'
import { adjustWallet } from './admin/adjust-wallet.ts'
import { answerInquiry } from './admin/answer-inquiry.ts'
import { answerTicket } from './admin/answer-ticket.ts'
import { assignTicket } from './admin/assign-ticket.ts'
import { beginUpload as beginReplyUpload } from './admin/begin-upload.ts'
import { bindPolicy } from './admin/bind-policy.ts'
import { blockTarget } from './admin/block-target.ts'
import { classifyErrorText } from './admin/classify-error-text.ts'
import { closeAccount as closeAccountByStaff } from './admin/close-account.ts'
import { closeInquiry } from './admin/close-inquiry.ts'
import { confirmOrder } from './admin/confirm-order.ts'
import { countErrorTexts } from './admin/count-error-texts.ts'
import { countTickets } from './admin/count-tickets.ts'
import { decideCancel } from './admin/decide-cancel.ts'
import { decideCredit } from './admin/decide-credit.ts'
import { decideRefill } from './admin/decide-refill.ts'
import { deleteCategory } from './admin/delete-category.ts'
import { deleteProvider } from './admin/delete-provider.ts'
import { deleteSavedReply } from './admin/delete-saved-reply.ts'
import { editProvider } from './admin/edit-provider.ts'
import { editService } from './admin/edit-service.ts'
import { editServices } from './admin/edit-services.ts'
import { endCustomerSessions } from './admin/end-customer-sessions.ts'
import { enrolTotp } from './admin/enrol-totp.ts'
import { fetchOffer } from './admin/fetch-offer.ts'
import { findCustomer } from './admin/find-customer.ts'
import { findCustomerByKey } from './admin/find-customer-by-key.ts'
import { findOrder } from './admin/find-order.ts'
import { findOrders } from './admin/find-orders.ts'
import { finishSignIn } from './admin/finish-sign-in.ts'
import { importServices } from './admin/import-services.ts'
import { inviteStaff } from './admin/invite-staff.ts'
import { leaveOrder } from './admin/leave-order.ts'
import { letErase } from './admin/let-erase.ts'
import { listAccesses } from './admin/list-accesses.ts'
import { listAnnouncementsForStaff } from './admin/list-announcements.ts'
import { listAudit } from './admin/list-audit.ts'
import { listBlockedOrders } from './admin/list-blocked-orders.ts'
import { listBlockedTargets } from './admin/list-blocked-targets.ts'
import { listCategories } from './admin/list-categories.ts'
import { listCreditRequests } from './admin/list-credit-requests.ts'
import { listCustomerEntries } from './admin/list-customer-entries.ts'
import { listCustomerKeys } from './admin/list-customer-keys.ts'
import { listCustomerNotes } from './admin/list-customer-notes.ts'
import { listCustomerOrders } from './admin/list-customer-orders.ts'
import { listCustomerSessions } from './admin/list-customer-sessions.ts'
import { listCustomerSignIns } from './admin/list-customer-sign-ins.ts'
import { listCustomerTickets } from './admin/list-customer-tickets.ts'
import { listDisclosures } from './admin/list-disclosures.ts'
import { listErrorTexts } from './admin/list-error-texts.ts'
import { listFallbacks } from './admin/list-fallbacks.ts'
import { listInquiries } from './admin/list-inquiries.ts'
import { listManualOrders } from './admin/list-manual-orders.ts'
import { listOrders as listAllOrders } from './admin/list-orders.ts'
import { listPausedServices } from './admin/list-paused-services.ts'
import { listPoliciesForStaff } from './admin/list-policies.ts'
import { listPrivacyRequests } from './admin/list-privacy-requests.ts'
import { listProviders } from './admin/list-providers.ts'
import { listRequests } from './admin/list-requests.ts'
import { listRuns as listRunsForStaff } from './admin/list-runs.ts'
import { listSavedReplies } from './admin/list-saved-replies.ts'
import { listServices } from './admin/list-services.ts'
import { listSignals } from './admin/list-signals.ts'
import { listStaff } from './admin/list-staff.ts'
import { listSupportStaff } from './admin/list-support-staff.ts'
import { listSuspiciousAccess } from './admin/list-suspicious-access.ts'
import { listTaskNotes } from './admin/list-task-notes.ts'
import { listTickets as listWaitingTickets } from './admin/list-tickets.ts'
import { makeDisclosure } from './admin/make-disclosure.ts'
import { markSignal } from './admin/mark-signal.ts'
import { placeCategory } from './admin/place-category.ts'
import { previewErrorText } from './admin/preview-error-text.ts'
import { previewServices } from './admin/preview-services.ts'
import { readCurrencies as readStaffCurrencies } from './admin/read-currencies.ts'
import { readCustomer } from './admin/read-customer.ts'
import { readCustomerFile } from './admin/read-customer-file.ts'
import { readDisclosure } from './admin/read-disclosure.ts'
import { readInquiry } from './admin/read-inquiry.ts'
import { readMe as readStaffMe } from './admin/read-me.ts'
import { readOffer } from './admin/read-offer.ts'
import { readPrivacy } from './admin/read-privacy.ts'
import { readProvider } from './admin/read-provider.ts'
import { readRates } from './admin/read-rates.ts'
import { readService } from './admin/read-service.ts'
import { readTask } from './admin/read-task.ts'
import { readTicket as readTicketForStaff } from './admin/read-ticket.ts'
import { readTraffic } from './admin/read-traffic.ts'
import { readUpload as readReplyUpload } from './admin/read-upload.ts'
import { refreshSession as refreshStaffSession } from './admin/refresh-session.ts'
import { removeStaff } from './admin/remove-staff.ts'
import { renameCategory } from './admin/rename-category.ts'
import { replaceProviderKey } from './admin/replace-provider-key.ts'
import { requestArchive as requestArchiveByStaff } from './admin/request-archive.ts'
import { requestCancel as requestCancelByStaff } from './admin/request-cancel.ts'
import { resetStaffTotp } from './admin/reset-staff-totp.ts'
import { revokeCustomerKey } from './admin/revoke-customer-key.ts'
import { saveReply } from './admin/save-reply.ts'
import { sendOrderAgain } from './admin/send-order-again.ts'
import { setCurrencies } from './admin/set-currencies.ts'
import { setCustomerStatus } from './admin/set-customer-status.ts'
import { setFallbacks } from './admin/set-fallbacks.ts'
import { setLegalHold } from './admin/set-legal-hold.ts'
import { setPassword } from './admin/set-password.ts'
import { setProviderLimits } from './admin/set-provider-limits.ts'
import { setProviderMoney } from './admin/set-provider-money.ts'
import { setProviderStatus } from './admin/set-provider-status.ts'
import { setProviderSync } from './admin/set-provider-sync.ts'
import { setStaffRole } from './admin/set-staff-role.ts'
import { settleErrorText } from './admin/settle-error-text.ts'
import { settleOrder } from './admin/settle-order.ts'
import { settlePausedServices } from './admin/settle-paused-services.ts'
import { settleRate } from './admin/settle-rate.ts'
import { settleSync } from './admin/settle-sync.ts'
import { showAddresses } from './admin/show-addresses.ts'
import { showCustomer } from './admin/show-customer.ts'
import { showInquiry } from './admin/show-inquiry.ts'
import { signIn as signInStaff } from './admin/sign-in.ts'
import { signOut as signOutStaff } from './admin/sign-out.ts'
import { steerRuns as steerRunsByStaff } from './admin/steer-runs.ts'
import { steerTicket } from './admin/steer-ticket.ts'
import { syncProvider } from './admin/sync-provider.ts'
import { takeManualOrder } from './admin/take-manual-order.ts'
import { testProvider } from './admin/test-provider.ts'
import { trustProvider } from './admin/trust-provider.ts'
import { unblockTarget } from './admin/unblock-target.ts'
import { withdrawAnnouncement } from './admin/withdraw-announcement.ts'
import { workManualOrder } from './admin/work-manual-order.ts'
import { writeAnnouncement } from './admin/write-announcement.ts'
import { acceptPolicy } from './customer/accept-policy.ts'
import { beginUpload } from './customer/begin-upload.ts'
import { changeEmail } from './customer/change-email.ts'
import { changeKey } from './customer/change-key.ts'
import { changeName } from './customer/change-name.ts'
import { changePassword } from './customer/change-password.ts'
import { closeAccount } from './customer/close-account.ts'
import { closeTicket } from './customer/close-ticket.ts'
import { confirmEmail } from './customer/confirm-email.ts'
import { createKey } from './customer/create-key.ts'
import { enrolSecondFactor } from './customer/enrol-second-factor.ts'
import { keepAccount } from './customer/keep-account.ts'
import { linkArchive } from './customer/link-archive.ts'
import { listAnnouncements } from './customer/list-announcements.ts'
import { listArchives } from './customer/list-archives.ts'
import { listEntries } from './customer/list-entries.ts'
import { listKeys } from './customer/list-keys.ts'
import { listOrders } from './customer/list-orders.ts'
import { listRuns } from './customer/list-runs.ts'
import { listSessions } from './customer/list-sessions.ts'
import { listSignIns } from './customer/list-sign-ins.ts'
import { listTickets } from './customer/list-tickets.ts'
import { markAnnouncement } from './customer/mark-announcement.ts'
import { openTicket } from './customer/open-ticket.ts'
import { placeOrder } from './customer/place-order.ts'
import { quoteOrder } from './customer/quote-order.ts'
import { readAcceptance } from './customer/read-acceptance.ts'
import { readClosure } from './customer/read-closure.ts'
import { readFile } from './customer/read-file.ts'
import { readMe } from './customer/read-me.ts'
import { readOrder } from './customer/read-order.ts'
import { readSecondFactor } from './customer/read-second-factor.ts'
import { readTicket } from './customer/read-ticket.ts'
import { readUpload } from './customer/read-upload.ts'
import { readWallet } from './customer/read-wallet.ts'
import { removeAvatar } from './customer/remove-avatar.ts'
import { renewRecoveryCodes } from './customer/renew-recovery-codes.ts'
import { requestArchive } from './customer/request-archive.ts'
import { requestCancel } from './customer/request-cancel.ts'
import { requestRefill } from './customer/request-refill.ts'
import { revokeKey } from './customer/revoke-key.ts'
import { revokeOtherSessions } from './customer/revoke-other-sessions.ts'
import { revokeSession } from './customer/revoke-session.ts'
import { rotateKey } from './customer/rotate-key.ts'
import { seeTicket } from './customer/see-ticket.ts'
import { setAvatar } from './customer/set-avatar.ts'
import { setPreferences } from './customer/set-preferences.ts'
import { signOut } from './customer/sign-out.ts'
import { steerRuns } from './customer/steer-runs.ts'
import { turnOffSecondFactor } from './customer/turn-off-second-factor.ts'
import { turnOnSecondFactor } from './customer/turn-on-second-factor.ts'
import { writeMessage } from './customer/write-message.ts'
import { narrowTokens } from './identity/narrow-tokens.ts'
import { confirmSignUp } from './public/confirm-sign-up.ts'
import { finishSignIn as finishCustomersSignIn } from './public/finish-sign-in.ts'
import { forgotPassword } from './public/forgot-password.ts'
import { listChanges } from './public/list-changes.ts'
import { listPolicies } from './public/list-policies.ts'
import { optOut } from './public/opt-out.ts'
import { optOutByMail } from './public/opt-out-by-mail.ts'
import { readCatalogue } from './public/read-catalogue.ts'
import { readChallenge } from './public/read-challenge.ts'
import { readChangeFeed } from './public/read-change-feed.ts'
import { readCurrencies } from './public/read-currencies.ts'
import { readPolicy } from './public/read-policy.ts'
import { recoverAccount } from './public/recover-account.ts'
import { refreshSession } from './public/refresh-session.ts'
import { reportAbuse } from './public/report-abuse.ts'
import { resendCode } from './public/resend-code.ts'
import { resetPassword } from './public/reset-password.ts'
import { sendContact } from './public/send-contact.ts'
import { signIn } from './public/sign-in.ts'
import { signUp } from './public/sign-up.ts'
import { authorizeKey } from './reseller/authorize-key.ts'
import { protocol } from './reseller/protocol.ts'
import { readBalance } from './reseller/read-balance.ts'
import { askForPolls } from './workers/ask-for-polls.ts'
import { buildArchive } from './workers/build-archive.ts'
import { checkFile } from './workers/check-file.ts'
import { eraseClosedAccounts } from './workers/erase-accounts.ts'
import { fetchRates } from './workers/fetch-rates.ts'
import { fileOrders } from './workers/file-orders.ts'
import { lookBack } from './workers/look-back.ts'
import { measureServices } from './workers/measure-services.ts'
import { pollOrders } from './workers/poll-orders.ts'
import { publishCatalogue } from './workers/publish-catalogue.ts'
import { readAccessLog } from './workers/read-access-log.ts'
import { registerKey } from './workers/register-key.ts'
import { relay } from './workers/relay.ts'
import { rotateEdgeSecret } from './workers/rotate-edge-secret.ts'
import { runProviderTasks } from './workers/run-tasks.ts'
import { mailCustomers } from './workers/send-mail.ts'
import { startDueRuns } from './workers/start-runs.ts'
import { submitOrder } from './workers/submit-order.ts'
import { sweepClosures } from './workers/sweep-closures.ts'
import { sweepFiles } from './workers/sweep-files.ts'
import { sweep } from './workers/sweep-orders.ts'
import { sweepSignUps } from './workers/sweep-sign-ups.ts'
import { tellCustomers } from './workers/tell-customers.ts'

/** The table of contents: every endpoint, by hand, in reading order. */
export const endpoints = [
  // Anybody, through the site.
  readCatalogue,
  readCurrencies,
  listChanges,
  readChangeFeed,
  readChallenge,
  sendContact,
  reportAbuse,
  readPolicy,
  listPolicies,
  optOut,
  signUp,
  confirmSignUp,
  resendCode,
  signIn,
  finishCustomersSignIn,
  recoverAccount,
  refreshSession,
  forgotPassword,
  resetPassword,
  // A signed-in customer.
  readMe,
  readAcceptance,
  acceptPolicy,
  listAnnouncements,
  markAnnouncement,
  signOut,
  listSessions,
  listSignIns,
  revokeSession,
  revokeOtherSessions,
  changePassword,
  setPreferences,
  changeName,
  setAvatar,
  removeAvatar,
  changeEmail,
  confirmEmail,
  readSecondFactor,
  enrolSecondFactor,
  turnOnSecondFactor,
  turnOffSecondFactor,
  renewRecoveryCodes,
  beginUpload,
  readUpload,
  readFile,
  requestArchive,
  listArchives,
  linkArchive,
  readClosure,
  closeAccount,
  keepAccount,
  readWallet,
  listEntries,
  quoteOrder,
  placeOrder,
  listOrders,
  readOrder,
  requestRefill,
  requestCancel,
  listRuns,
  steerRuns,
  openTicket,
  listTickets,
  readTicket,
  writeMessage,
  seeTicket,
  closeTicket,
  createKey,
  listKeys,
  changeKey,
  rotateKey,
  revokeKey,
  // A reseller, by key.
  readBalance,
  // Staff, in the console.
  signInStaff,
  setPassword,
  enrolTotp,
  finishSignIn,
  refreshStaffSession,
  readStaffMe,
  signOutStaff,
  findCustomer,
  findCustomerByKey,
  readCustomer,
  showCustomer,
  makeDisclosure,
  listDisclosures,
  readDisclosure,
  listCustomerOrders,
  listCustomerEntries,
  adjustWallet,
  listCreditRequests,
  decideCredit,
  setCustomerStatus,
  listCustomerSessions,
  listCustomerSignIns,
  endCustomerSessions,
  listCustomerNotes,
  addCustomerNote,
  listPrivacyRequests,
  readPrivacy,
  requestArchiveByStaff,
  closeAccountByStaff,
  setLegalHold,
  letErase,
  listCustomerKeys,
  revokeCustomerKey,
  listWaitingTickets,
  countTickets,
  listCustomerTickets,
  readTicketForStaff,
  beginReplyUpload,
  readReplyUpload,
  answerTicket,
  addTicketNote,
  steerTicket,
  assignTicket,
  listSupportStaff,
  listSavedReplies,
  saveReply,
  deleteSavedReply,
  listInquiries,
  readInquiry,
  showInquiry,
  answerInquiry,
  closeInquiry,
  listBlockedTargets,
  blockTarget,
  listBlockedOrders,
  unblockTarget,
  readCustomerFile,
  listSignals,
  markSignal,
  listSuspiciousAccess,
  showAddresses,
  listAccesses,
  readTraffic,
  findOrder,
  listRunsForStaff,
  steerRunsByStaff,
  findOrders,
  listAllOrders,
  confirmOrder,
  sendOrderAgain,
  settleOrder,
  leaveOrder,
  countErrorTexts,
  listErrorTexts,
  classifyErrorText,
  previewErrorText,
  settleErrorText,
  listRequests,
  requestCancelByStaff,
  decideRefill,
  decideCancel,
  listManualOrders,
  takeManualOrder,
  workManualOrder,
  listServices,
  readService,
  addService,
  editService,
  listFallbacks,
  setFallbacks,
  previewServices,
  editServices,
  listCategories,
  addCategory,
  renameCategory,
  placeCategory,
  deleteCategory,
  addProvider,
  listProviders,
  readProvider,
  editProvider,
  replaceProviderKey,
  setProviderMoney,
  readRates,
  settleRate,
  setProviderLimits,
  trustProvider,
  setProviderStatus,
  deleteProvider,
  testProvider,
  fetchOffer,
  readOffer,
  importServices,
  setProviderSync,
  syncProvider,
  settleSync,
  readTask,
  listTaskNotes,
  listPausedServices,
  settlePausedServices,
  listPoliciesForStaff,
  bindPolicy,
  listAnnouncementsForStaff,
  writeAnnouncement,
  withdrawAnnouncement,
  inviteStaff,
  listStaff,
  setStaffRole,
  removeStaff,
  resetStaffTotp,
  listAudit,
  readStaffCurrencies,
  setCurrencies,
] as const

/** Endpoints in somebody else's wire format. */
export const rawEndpoints = [protocol, optOutByMail] as const

/** What the reseller gateway asks before it lets a key pass. */
export const authorizers = [authorizeKey] as const

/** What the user pools ask before they make a token. */
export const poolTriggers = [narrowTokens] as const

/** What runs without being called. In the order an order meets them. */
export const workers = [
  relay,
  startDueRuns,
  submitOrder,
  askForPolls,
  pollOrders,
  lookBack,
  sweep,
  fileOrders,
  runProviderTasks,
  fetchRates,
  publishCatalogue,
  measureServices,
  registerKey,
  buildArchive,
  sweepClosures,
  sweepSignUps,
  eraseClosedAccounts,
  mailCustomers,
  tellCustomers,
  checkFile,
  sweepFiles,
  rotateEdgeSecret,
  readAccessLog,
] as const
