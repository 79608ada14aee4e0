"""Who may do what: one table from endpoint to permission, one from permission to roles.

An endpoint that is not in :data:`ENDPOINTS` is closed to everybody (:mod:`api.gate`). A test walks every route with every
role, and with nobody, and compares what happens with these tables.
"""

from enum import StrEnum


class Permission(StrEnum):
    """What a route does, named for the one who asks."""

    PUBLIC = "public"
    """No login needed."""
    OWN_ACCOUNT = "own-account"
    """One's own session and tokens."""
    DEFINITION_READ = "definition-read"
    MODEL_READ = "model-read"
    """The drawing of a process, where a case stands on it, its history: for those who work in the hall."""
    DEPLOYMENT_READ = "deployment-read"
    DEPLOY = "deploy"
    CASE_START = "case-start"
    CASE_READ = "case-read"
    CASE_HISTORY = "case-history"
    CASE_CANCEL = "case-cancel"
    EVIDENCE_TAKE = "evidence-take"
    """All there is of a case in one file, for discipline and finance (R-08)."""
    CASE_VOID_REQUEST = "case-void-request"
    """Asking that a case with wrong data be made void; somebody else, of the committee, approves it."""
    CASE_REPAIR = "case-repair"
    """Finding stuck cases, and every repair that has no permission of its own."""
    TASK_READ = "task-read"
    TASK_WORK = "task-work"
    TASK_ASSIGN = "task-assign"
    MESSAGE_SEND = "message-send"
    INCIDENT_READ = "incident-read"
    INCIDENT_RESOLVE = "incident-resolve"
    JOB_READ = "job-read"
    AUDIT_READ = "audit-read"
    METRICS_READ = "metrics-read"
    ITEM_READ = "item-read"
    """The catalogue with its drafts and what became of them; what is in force everybody may read."""
    ITEM_EDIT = "item-edit"
    ITEM_PUBLISH = "item-publish"
    """The legal check, publication, suspending and ending; never of one's own draft."""
    DOCUMENT_READ = "document-read"
    """What was issued in the cases one may see, to read and to print."""
    CALENDAR_READ = "calendar-read"
    CALENDAR_CHANGE = "calendar-change"
    """Entering a year's holidays, and confirming what somebody else entered."""
    LICENCE_READ = "licence-read"
    """The register of licences with whose they are; whether one holds everybody may check."""
    ORGANISATION_READ = "organisation-read"
    """Departments, windows, staff, letters of authorisation, seals and their use."""
    ORGANISATION_CHANGE = "organisation-change"
    """Letters and seals; who is appointed is decided by P19."""
    STAFF_CHANGE = "staff-change"
    """Ending an appointment: before its year is over that is the committee's."""
    ATTENDANCE = "attendance"
    """One's own swipes and leave, and one's own score."""
    STAFF_ASSESS = "staff-assess"
    """Leave, duty and the score of others."""
    HALL_MANAGE = "hall-manage"
    """Entry of departments, leaders' visits, computing allowances, accounts in use where nobody is."""
    ALLOWANCE_APPROVE = "allowance-approve"
    """Approving a list of allowances; which of the two approvals it is follows from one's group."""
    SEAL_KEEP = "seal-keep"
    """Handing over a seal one keeps."""
    TICKET_READ = "ticket-read"
    """Where tickets stand, and the life of each."""
    TICKET_KEEP = "ticket-keep"
    """What is done to tickets; who keeps them is a matter of the group ``ticket-centre``."""
    PREFILL = "prefill"
    """What an applicant whose papers one holds has told the hall before."""
    QUEUE_READ = "queue-read"
    """A day's queue tickets and what they became."""
    QUEUE_CALL = "queue-call"
    """Calling the next at one's window, and saying what it became."""
    REPORT_READ = "report-read"
    """Reports over all windows."""
    SUPERVISION_READ = "supervision-read"
    """Cards and press letters: a group's own, all of them for those who see everything."""
    SUPERVISE = "supervise"
    """Seeing what the rules find, and having cards issued for it now."""
    FEE_READ = "fee-read"
    """Versions of fees, drafts too; what is charged and why not."""
    FEE_DRAFT = "fee-draft"
    """Drafting a version; whose fees is a matter of the group."""
    PAYMENT_READ = "payment-read"
    """Payment notices of one's own window, and what was to be charged and may not be."""
    FEE_ASSESS = "fee-assess"
    """What a case of one's own window owes, worked out."""
    MONEY_RECEIVE = "money-receive"
    """Entering what agent banks bring; who takes money is besides a matter of the group ``fund-service``."""
    LEDGER_READ = "ledger-read"
    """Days, entries, balances, months and suspense of the ledger."""
    LEDGER_CORRECT = "ledger-correct"
    """Reversing entries and sending back what nobody owes, of the group ``finance-office``."""
    WAIVER_READ = "waiver-read"
    """The registers of waivers and refunds with whose they are: what one had a part in; all for those who keep the money."""
    COMPLAINT_READ = "complaint-read"
    """Complaints one handles; all complaints for those who see everything. Who complained is for the supervision alone."""
    COMPLAINT_ENTER = "complaint-enter"
    """Entering a complaint at the desk."""
    RATING_READ = "rating-read"
    """Ratings of one's own window; all of them for those who see everything."""
    RATING_FIND = "rating-find"
    """Reading a rating with its log, and finding bursts."""
    PUBLICATION_KEEP = "publication-keep"
    """Drafting a publication and withdrawing it."""
    PUBLICATION_READ = "publication-read"
    """The whole publication queue, also what is not public."""
    RANKING_READ = "ranking-read"
    """The ranking as it stands, and the points of one's own window with their sources and appeals."""
    RANKING_KEEP = "ranking-keep"
    """Computing, entering, confirming and freezing the ranking, and deciding appeals."""
    MEETING_READ = "meeting-read"
    """Joint meetings with discipline, supervision and finance, and what was decided in them."""
    VISIT_READ = "visit-read"
    """Follow-up visits after joint cases, and what was found."""
    REFERRAL_WORK = "referral-work"
    """Referrals to discipline and sightings outside; only for the groups of supervision and discipline."""
    AGENCY_READ = "agency-read"
    """Mandates, hand-over slips, matters and scores: an agent's own, or all of them for those who see everything."""
    AGENCY_WORK = "agency-work"
    """Entering one's own mandates, and what an agent may try and may not do."""
    AGENCY_END = "agency-end"
    """Entering that a mandate was revoked."""
    ACCOUNT_MANAGE = "account-manage"
    """Who may log in and as what; never one's own account."""
    AGENCY_COMPARE = "agency-compare"
    """How fast agents' cases are beside everybody else's."""


CLERK, DESIGNER, SUPERVISOR, AUDITOR, ADMINISTRATOR, APPLICANT, AGENT, CASHIER, FINANCE = (
    "clerk",
    "designer",
    "supervisor",
    "auditor",
    "administrator",
    "applicant",
    "agent",
    "cashier",
    "finance",
)
EVERYBODY = frozenset({CLERK, DESIGNER, SUPERVISOR, AUDITOR, ADMINISTRATOR, APPLICANT, AGENT, CASHIER, FINANCE})
SEES_EVERYTHING = frozenset({SUPERVISOR, AUDITOR})
"""Roles whose work lists and cases are not limited to what they take part in."""

ROLES: dict[Permission, frozenset[str]] = {
    Permission.OWN_ACCOUNT: EVERYBODY,
    Permission.DEFINITION_READ: EVERYBODY,
    Permission.MODEL_READ: EVERYBODY - {APPLICANT, AGENT},
    Permission.DEPLOYMENT_READ: frozenset({DESIGNER, SUPERVISOR, AUDITOR, ADMINISTRATOR}),
    Permission.DEPLOY: frozenset({DESIGNER}),
    Permission.CASE_START: frozenset({CLERK, SUPERVISOR, APPLICANT, AGENT}),
    Permission.CASE_READ: frozenset({CLERK, SUPERVISOR, AUDITOR, APPLICANT, AGENT}),
    Permission.CASE_HISTORY: frozenset({CLERK, SUPERVISOR, AUDITOR}),
    Permission.CASE_CANCEL: frozenset({SUPERVISOR}),
    Permission.EVIDENCE_TAKE: frozenset({SUPERVISOR, AUDITOR}),
    Permission.CASE_VOID_REQUEST: frozenset({CLERK, SUPERVISOR}),
    Permission.CASE_REPAIR: frozenset({SUPERVISOR}),
    Permission.TASK_READ: frozenset({CLERK, SUPERVISOR, AUDITOR, APPLICANT, AGENT}),
    Permission.TASK_WORK: frozenset({CLERK, SUPERVISOR, APPLICANT, AGENT}),
    Permission.TASK_ASSIGN: frozenset({SUPERVISOR}),
    Permission.MESSAGE_SEND: frozenset({CLERK, SUPERVISOR}),
    Permission.INCIDENT_READ: frozenset({SUPERVISOR, AUDITOR, DESIGNER}),
    Permission.INCIDENT_RESOLVE: frozenset({SUPERVISOR}),
    Permission.JOB_READ: frozenset({SUPERVISOR, AUDITOR, ADMINISTRATOR}),
    Permission.AUDIT_READ: frozenset({AUDITOR}),
    Permission.METRICS_READ: frozenset({SUPERVISOR, ADMINISTRATOR}),
    Permission.ITEM_READ: EVERYBODY - {APPLICANT, AGENT},
    Permission.CALENDAR_READ: frozenset({CLERK, SUPERVISOR, AUDITOR, ADMINISTRATOR}),
    Permission.CALENDAR_CHANGE: frozenset({SUPERVISOR, ADMINISTRATOR}),
    Permission.LICENCE_READ: frozenset({CLERK, SUPERVISOR, AUDITOR}),
    Permission.ITEM_EDIT: frozenset({DESIGNER}),
    Permission.ITEM_PUBLISH: frozenset({ADMINISTRATOR}),
    Permission.ACCOUNT_MANAGE: frozenset({ADMINISTRATOR}),
    Permission.DOCUMENT_READ: frozenset({CLERK, SUPERVISOR, AUDITOR, APPLICANT, AGENT}),
    Permission.ORGANISATION_READ: frozenset({CLERK, SUPERVISOR, AUDITOR, ADMINISTRATOR}),
    Permission.ORGANISATION_CHANGE: frozenset({ADMINISTRATOR}),
    Permission.STAFF_CHANGE: frozenset({ADMINISTRATOR, SUPERVISOR}),
    Permission.ATTENDANCE: frozenset({CLERK, SUPERVISOR, AUDITOR}),
    Permission.STAFF_ASSESS: frozenset({SUPERVISOR}),
    Permission.HALL_MANAGE: frozenset({SUPERVISOR}),
    Permission.ALLOWANCE_APPROVE: frozenset({CLERK, SUPERVISOR}),
    Permission.SEAL_KEEP: frozenset({CLERK}),
    Permission.TICKET_READ: frozenset({CLERK, SUPERVISOR, AUDITOR}),
    Permission.TICKET_KEEP: frozenset({CLERK}),
    Permission.PREFILL: frozenset({CLERK}),
    Permission.QUEUE_READ: frozenset({CLERK, SUPERVISOR, AUDITOR}),
    Permission.QUEUE_CALL: frozenset({CLERK}),
    Permission.REPORT_READ: frozenset({SUPERVISOR, AUDITOR}),
    Permission.SUPERVISE: frozenset({SUPERVISOR}),
    Permission.SUPERVISION_READ: frozenset({CLERK, SUPERVISOR, AUDITOR}),
    Permission.COMPLAINT_READ: frozenset({CLERK, SUPERVISOR, AUDITOR}),
    Permission.FEE_READ: EVERYBODY - {APPLICANT, AGENT},
    Permission.FEE_DRAFT: frozenset({CLERK, SUPERVISOR}),
    Permission.PAYMENT_READ: frozenset({CLERK, CASHIER, FINANCE, SUPERVISOR, AUDITOR}),
    Permission.FEE_ASSESS: frozenset({CLERK}),
    Permission.MONEY_RECEIVE: frozenset({CASHIER}),
    Permission.LEDGER_READ: frozenset({CASHIER, FINANCE, SUPERVISOR, AUDITOR}),
    Permission.LEDGER_CORRECT: frozenset({FINANCE}),
    Permission.WAIVER_READ: frozenset({CLERK, SUPERVISOR, AUDITOR}),
    Permission.COMPLAINT_ENTER: frozenset({CLERK, SUPERVISOR}),
    Permission.RATING_READ: frozenset({CLERK, SUPERVISOR, AUDITOR}),
    Permission.RATING_FIND: frozenset({SUPERVISOR, AUDITOR}),
    Permission.PUBLICATION_KEEP: frozenset({SUPERVISOR}),
    Permission.PUBLICATION_READ: frozenset({SUPERVISOR, AUDITOR}),
    Permission.RANKING_READ: frozenset({CLERK, SUPERVISOR, AUDITOR}),
    Permission.RANKING_KEEP: frozenset({SUPERVISOR}),
    Permission.MEETING_READ: frozenset({CLERK, SUPERVISOR, AUDITOR}),
    Permission.VISIT_READ: frozenset({SUPERVISOR, AUDITOR}),
    Permission.REFERRAL_WORK: frozenset({CLERK, SUPERVISOR}),
    Permission.AGENCY_READ: frozenset({AGENT, SUPERVISOR, AUDITOR}),
    Permission.AGENCY_WORK: frozenset({AGENT}),
    Permission.AGENCY_END: frozenset({AGENT, SUPERVISOR}),
    Permission.AGENCY_COMPARE: frozenset({SUPERVISOR, AUDITOR}),
}

ENDPOINTS: dict[str, Permission] = {
    "browser_application.page": Permission.PUBLIC,
    "browser_application.asset": Permission.PUBLIC,
    "public.front": Permission.PUBLIC,
    "public.style": Permission.PUBLIC,
    "public.list_items": Permission.PUBLIC,
    "public.item": Permission.PUBLIC,
    "public.form": Permission.PUBLIC,
    "public.fees": Permission.PUBLIC,
    "public.ask_case": Permission.PUBLIC,
    "public.case": Permission.PUBLIC,
    "public.verify": Permission.PUBLIC,
    "public.write_complaint": Permission.PUBLIC,
    "public.file_complaint": Permission.PUBLIC,
    "public.ask_complaint": Permission.PUBLIC,
    "public.complaint": Permission.PUBLIC,
    "public.list_ratings": Permission.PUBLIC,
    "public.rating": Permission.PUBLIC,
    "public.write_rating": Permission.PUBLIC,
    "public.give_rating": Permission.PUBLIC,
    "public.list_publications": Permission.PUBLIC,
    "public.publication": Permission.PUBLIC,
    "public.screen": Permission.PUBLIC,
    "documentation.page": Permission.PUBLIC,
    "documentation.style": Permission.PUBLIC,
    "api-docs.openapi_json": Permission.PUBLIC,
    "health.healthz": Permission.PUBLIC,
    "notices.list_notices": Permission.OWN_ACCOUNT,
    "notices.read": Permission.OWN_ACCOUNT,
    "documents.list_documents": Permission.DOCUMENT_READ,
    "documents.pdf": Permission.DOCUMENT_READ,
    "attachments.upload": Permission.TASK_WORK,
    "attachments.download_own": Permission.TASK_WORK,
    "attachments.list_of_case": Permission.CASE_HISTORY,
    "attachments.download": Permission.CASE_HISTORY,
    "documents.verify": Permission.PUBLIC,
    "attendance.swipe": Permission.ATTENDANCE,
    "attendance.sign_for": Permission.STAFF_ASSESS,
    "attendance.list_leave": Permission.ORGANISATION_READ,
    "attendance.ask_leave": Permission.ATTENDANCE,
    "attendance.decide_leave": Permission.STAFF_ASSESS,
    "attendance.list_duty": Permission.ORGANISATION_READ,
    "attendance.set_duty": Permission.STAFF_ASSESS,
    "attendance.read_score": Permission.ATTENDANCE,
    "attendance.enter_points": Permission.STAFF_ASSESS,
    "case_files.list_case_files": Permission.CASE_HISTORY,
    "case_files.read": Permission.CASE_HISTORY,
    "case_files.read_progress": Permission.CASE_HISTORY,
    "case_files.list_events": Permission.CASE_HISTORY,
    "case_files.standard_record": Permission.CASE_HISTORY,
    "case_files.evidence": Permission.EVIDENCE_TAKE,
    "case_files.request_void": Permission.CASE_VOID_REQUEST,
    "case_files.approve_void": Permission.CASE_CANCEL,
    "holiday_arrangements.list_arrangements": Permission.CALENDAR_READ,
    "holiday_arrangements.propose": Permission.CALENDAR_CHANGE,
    "holiday_arrangements.preview": Permission.CALENDAR_CHANGE,
    "holiday_arrangements.confirm": Permission.CALENDAR_CHANGE,
    "licences.list_licences": Permission.LICENCE_READ,
    "licences.read": Permission.LICENCE_READ,
    "licences.list_events": Permission.LICENCE_READ,
    "licences.check": Permission.PUBLIC,
    "case_progress.progress": Permission.PUBLIC,
    "my_cases.list_mine": Permission.CASE_READ,
    "my_cases.progress": Permission.CASE_READ,
    "attendance.confirm_points": Permission.STAFF_ASSESS,
    "hall_registers.authority_rate": Permission.PUBLIC,
    "hall_registers.list_authority": Permission.ORGANISATION_READ,
    "hall_registers.letters_ending": Permission.ORGANISATION_READ,
    "hall_registers.read_standing": Permission.ORGANISATION_READ,
    "hall_registers.enter_hall": Permission.HALL_MANAGE,
    "hall_registers.read_entry_file": Permission.ORGANISATION_READ,
    "hall_registers.take_entry_step": Permission.HALL_MANAGE,
    "hall_registers.list_visits": Permission.ORGANISATION_READ,
    "hall_registers.overdue_visits": Permission.ORGANISATION_READ,
    "hall_registers.enter_visit": Permission.HALL_MANAGE,
    "hall_registers.close_visit": Permission.HALL_MANAGE,
    "hall_registers.list_allowances": Permission.ORGANISATION_READ,
    "hall_registers.compute_allowances": Permission.HALL_MANAGE,
    "hall_registers.read_allowances": Permission.ORGANISATION_READ,
    "hall_registers.approve_allowances": Permission.ALLOWANCE_APPROVE,
    "hall_registers.presence_findings": Permission.HALL_MANAGE,
    "leadership.read_brief": Permission.TASK_WORK,
    "prefill.look_up": Permission.PREFILL,
    "inner_processes.list_inner_processes": Permission.ORGANISATION_READ,
    "inner_processes.enter_inner_process": Permission.HALL_MANAGE,
    "external_cases.list_external_cases": Permission.ORGANISATION_READ,
    "external_cases.take_over": Permission.ORGANISATION_CHANGE,
    "external_cases.permit": Permission.HALL_MANAGE,
    "queue.take": Permission.PUBLIC,
    "queue.list_tickets": Permission.QUEUE_READ,
    "queue.call": Permission.QUEUE_CALL,
    "queue.serve": Permission.QUEUE_CALL,
    "queue.close": Permission.QUEUE_CALL,
    "reports.windows": Permission.REPORT_READ,
    "reports.items": Permission.REPORT_READ,
    "reports.lights": Permission.REPORT_READ,
    "reports.times": Permission.REPORT_READ,
    "reports.fees": Permission.REPORT_READ,
    "supervision.list_rules": Permission.SUPERVISION_READ,
    "supervision.list_cards": Permission.SUPERVISION_READ,
    "supervision.list_card_events": Permission.SUPERVISION_READ,
    "supervision.list_findings": Permission.SUPERVISE,
    "supervision.round_now": Permission.SUPERVISE,
    "supervision.list_press_letters": Permission.SUPERVISION_READ,
    "skills.list_skills": Permission.ORGANISATION_READ,
    "skills.matrix": Permission.ORGANISATION_READ,
    "skills.enter_skill": Permission.HALL_MANAGE,
    "skills.withdraw_skill": Permission.HALL_MANAGE,
    "rule_documents.list_rules": Permission.ORGANISATION_READ,
    "rule_documents.uncited": Permission.ORGANISATION_READ,
    "rule_documents.list_rule_events": Permission.ORGANISATION_READ,
    "rule_documents.repeal": Permission.HALL_MANAGE,
    "rule_documents.cite": Permission.HALL_MANAGE,
    "organisation.list_departments": Permission.ORGANISATION_READ,
    "organisation.add_department": Permission.ORGANISATION_CHANGE,
    "organisation.add_window": Permission.ORGANISATION_CHANGE,
    "organisation.join_window": Permission.ORGANISATION_CHANGE,
    "organisation.gaps": Permission.ORGANISATION_READ,
    "organisation.list_windows": Permission.ORGANISATION_READ,
    "organisation.list_staff": Permission.ORGANISATION_READ,
    "organisation.end_appointment": Permission.STAFF_CHANGE,
    "organisation.hand_over_tasks": Permission.STAFF_CHANGE,
    "organisation.list_letters": Permission.ORGANISATION_READ,
    "organisation.enter_letter": Permission.ORGANISATION_CHANGE,
    "organisation.revoke_letter": Permission.ORGANISATION_CHANGE,
    "organisation.list_seals": Permission.ORGANISATION_READ,
    "organisation.register_seal": Permission.ORGANISATION_CHANGE,
    "organisation.list_uses": Permission.ORGANISATION_READ,
    "organisation.hand_over_seal": Permission.SEAL_KEEP,
    "organisation.retire_seal": Permission.ORGANISATION_CHANGE,
    "agencies.list_towns": Permission.PUBLIC,
    "agencies.check": Permission.PUBLIC,
    "agencies.list_mandates": Permission.AGENCY_READ,
    "agencies.read_mandate": Permission.AGENCY_READ,
    "agencies.enter_mandate": Permission.AGENCY_WORK,
    "agencies.revoke_mandate": Permission.AGENCY_END,
    "agencies.pass_on": Permission.AGENCY_WORK,
    "agencies.take_money": Permission.AGENCY_WORK,
    "agencies.list_hand_overs": Permission.AGENCY_READ,
    "agencies.list_papers": Permission.AGENCY_READ,
    "agencies.list_matters": Permission.AGENCY_READ,
    "agencies.read_score": Permission.AGENCY_READ,
    "agencies.list_fast_shares": Permission.AGENCY_COMPARE,
    "tickets.list_tickets": Permission.TICKET_READ,
    "tickets.life": Permission.TICKET_READ,
    "tickets.list_findings": Permission.TICKET_READ,
    "tickets.list_proposals": Permission.TICKET_READ,
    "tickets.hand": Permission.TICKET_KEEP,
    "tickets.give_back": Permission.TICKET_KEEP,
    "tickets.report_lost": Permission.TICKET_KEEP,
    "tickets.return_stubs": Permission.TICKET_KEEP,
    "tickets.write_off": Permission.TICKET_KEEP,
    "tickets.archive": Permission.TICKET_KEEP,
    "tickets.propose": Permission.TICKET_KEEP,
    "tickets.confirm": Permission.TICKET_KEEP,
    "tickets.enter_certificate": Permission.TICKET_KEEP,
    "tickets.review_certificate": Permission.TICKET_KEEP,
    "fee_versions.list_versions": Permission.FEE_READ,
    "fee_versions.list_events": Permission.FEE_READ,
    "fee_versions.draft": Permission.FEE_DRAFT,
    "collection.list_fees": Permission.FEE_READ,
    "collection.list_public_fees": Permission.PUBLIC,
    "collection.assess": Permission.FEE_ASSESS,
    "collection.list_attempts": Permission.PAYMENT_READ,
    "collection.list_notices": Permission.PAYMENT_READ,
    "collection.read_notice": Permission.PAYMENT_READ,
    "collection.bring_in": Permission.MONEY_RECEIVE,
    "collection.list_suspense": Permission.LEDGER_READ,
    "collection.match_suspense": Permission.MONEY_RECEIVE,
    "collection.send_back": Permission.LEDGER_CORRECT,
    "ledger.list_days": Permission.LEDGER_READ,
    "ledger.list_entries": Permission.LEDGER_READ,
    "ledger.trial_balance": Permission.LEDGER_READ,
    "ledger.month": Permission.LEDGER_READ,
    "ledger.list_transfers": Permission.LEDGER_READ,
    "ledger.list_debts": Permission.LEDGER_READ,
    "ledger.reverse": Permission.LEDGER_CORRECT,
    "ledger.propose_correction": Permission.FEE_ASSESS,
    "ledger.decide_correction": Permission.FEE_ASSESS,
    "waivers.list_waivers": Permission.WAIVER_READ,
    "waivers.read_waiver": Permission.WAIVER_READ,
    "waivers.statistics": Permission.WAIVER_READ,
    "waivers.arrears": Permission.WAIVER_READ,
    "waivers.list_public": Permission.PUBLIC,
    "waivers.list_refunds": Permission.WAIVER_READ,
    "waivers.read_refund": Permission.WAIVER_READ,
    "complaints.file_public": Permission.PUBLIC,
    "complaints.status": Permission.PUBLIC,
    "complaints.file_at_desk": Permission.COMPLAINT_ENTER,
    "complaints.list_complaints": Permission.COMPLAINT_READ,
    "complaints.read": Permission.COMPLAINT_READ,
    "complaints.identity": Permission.COMPLAINT_READ,
    "publications.list_published": Permission.PUBLIC,
    "publications.list_queue": Permission.PUBLICATION_READ,
    "publications.draft": Permission.PUBLICATION_KEEP,
    "publications.withdraw": Permission.PUBLICATION_KEEP,
    "rankings.published": Permission.PUBLIC,
    "rankings.standing": Permission.RANKING_READ,
    "rankings.list_points": Permission.RANKING_READ,
    "rankings.appeal": Permission.RANKING_READ,
    "rankings.compute": Permission.RANKING_KEEP,
    "rankings.enter_point": Permission.RANKING_KEEP,
    "rankings.confirm_point": Permission.RANKING_KEEP,
    "rankings.decide_appeal": Permission.RANKING_KEEP,
    "rankings.freeze": Permission.RANKING_KEEP,
    "meetings.list_meetings": Permission.MEETING_READ,
    "meetings.read": Permission.MEETING_READ,
    "visits.list_visits": Permission.VISIT_READ,
    "visits.read": Permission.VISIT_READ,
    "referrals.list_rules": Permission.REFERRAL_WORK,
    "referrals.propose": Permission.REFERRAL_WORK,
    "referrals.list_referrals": Permission.REFERRAL_WORK,
    "referrals.read": Permission.REFERRAL_WORK,
    "referrals.enter_sighting": Permission.REFERRAL_WORK,
    "referrals.list_off_hall_findings": Permission.REFERRAL_WORK,
    "ratings.give": Permission.PUBLIC,
    "ratings.status": Permission.PUBLIC,
    "ratings.list_published": Permission.PUBLIC,
    "ratings.list_ratings": Permission.RATING_READ,
    "ratings.read": Permission.RATING_FIND,
    "ratings.list_bursts": Permission.RATING_FIND,
    "items.list_public": Permission.PUBLIC,
    "items.read_public": Permission.PUBLIC,
    "items.authorisation": Permission.PUBLIC,
    "items.list_items": Permission.ITEM_READ,
    "items.read": Permission.ITEM_READ,
    "items.list_versions": Permission.ITEM_READ,
    "items.read_version": Permission.ITEM_READ,
    "items.list_findings": Permission.ITEM_READ,
    "items.list_events": Permission.ITEM_READ,
    "items.list_differences": Permission.ITEM_READ,
    "items.draft": Permission.ITEM_EDIT,
    "items.submit": Permission.ITEM_EDIT,
    "items.move": Permission.ITEM_PUBLISH,
    "health.metrics": Permission.METRICS_READ,
    "session.log_in": Permission.PUBLIC,
    "session.read": Permission.OWN_ACCOUNT,
    "session.log_out": Permission.OWN_ACCOUNT,
    "accounts.list_accounts": Permission.ACCOUNT_MANAGE,
    "accounts.add": Permission.ACCOUNT_MANAGE,
    "accounts.change_powers": Permission.ACCOUNT_MANAGE,
    "accounts.disable": Permission.ACCOUNT_MANAGE,
    "accounts.enable": Permission.ACCOUNT_MANAGE,
    "accounts.set_password": Permission.ACCOUNT_MANAGE,
    "process-definitions.element_loads": Permission.CASE_REPAIR,
    "tokens.list_tokens": Permission.OWN_ACCOUNT,
    "tokens.issue": Permission.OWN_ACCOUNT,
    "tokens.revoke": Permission.OWN_ACCOUNT,
    "deployments.list_deployments": Permission.DEPLOYMENT_READ,
    "deployments.deploy": Permission.DEPLOY,
    "process-definitions.list_definitions": Permission.DEFINITION_READ,
    "process-definitions.read": Permission.DEFINITION_READ,
    "process-definitions.xml": Permission.MODEL_READ,
    "process-definitions.running_versions": Permission.DEPLOYMENT_READ,
    "decision-definitions.list_decisions": Permission.DEPLOYMENT_READ,
    "decision-definitions.xml": Permission.DEPLOYMENT_READ,
    "operators.list_operators": Permission.DEPLOYMENT_READ,
    "forms.list_forms": Permission.DEFINITION_READ,
    "forms.read": Permission.DEFINITION_READ,
    "process-instances.list_instances": Permission.CASE_READ,
    "process-instances.start": Permission.CASE_START,
    "process-instances.read": Permission.CASE_READ,
    "process-instances.history": Permission.CASE_HISTORY,
    "process-instances.diagram_state": Permission.CASE_HISTORY,
    "process-instances.cancel": Permission.CASE_CANCEL,
    "stuck-cases.list_stuck": Permission.CASE_REPAIR,
    "repairs.list_tokens": Permission.CASE_REPAIR,
    "repairs.suspend": Permission.CASE_REPAIR,
    "repairs.resume": Permission.CASE_REPAIR,
    "repairs.set_variables": Permission.CASE_REPAIR,
    "repairs.move_token": Permission.CASE_REPAIR,
    "repairs.preview_migration": Permission.CASE_REPAIR,
    "repairs.migrate": Permission.CASE_REPAIR,
    "user-tasks.list_tasks": Permission.TASK_READ,
    "user-tasks.counts": Permission.TASK_READ,
    "user-tasks.read": Permission.TASK_READ,
    "user-tasks.claim": Permission.TASK_WORK,
    "user-tasks.release": Permission.TASK_WORK,
    "user-tasks.assign": Permission.TASK_ASSIGN,
    "user-tasks.delegate": Permission.TASK_WORK,
    "user-tasks.complete": Permission.TASK_WORK,
    "drafts.save": Permission.TASK_WORK,
    "drafts.read": Permission.TASK_WORK,
    "drafts.discard": Permission.TASK_WORK,
    "messages.correlate": Permission.MESSAGE_SEND,
    "incidents.list_incidents": Permission.INCIDENT_READ,
    "incidents.read": Permission.INCIDENT_READ,
    "incidents.resolve": Permission.INCIDENT_RESOLVE,
    "jobs.list_jobs": Permission.JOB_READ,
    "audit-log.list_entries": Permission.AUDIT_READ,
    "verification.replay_step": Permission.CASE_HISTORY,
    "verification.verify_case": Permission.AUDIT_READ,
    "verification.verify_all": Permission.AUDIT_READ,
}


def allows(permission: Permission, roles: frozenset[str]) -> bool:
    """Whether one of the roles carries the permission."""
    return permission is Permission.PUBLIC or bool(ROLES[permission] & roles)
