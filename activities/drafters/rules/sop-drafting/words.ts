/** Verbs of work at a screen or a desk, in the form in which an SOP says them. */
export const workVerbs: ReadonlySet<string> = new Set(
  (
    'accept activate add advance answer append apply approve archive ask assign attach book bring browse call cancel change ' +
    'check choose clear click close collect compare complete confirm contact copy count create cross-check deactivate ' +
    'decline delete deliver deselect disable disconnect double-check double-click download drag drop duplicate edit email ' +
    'enable enter escalate expand export file fill filter find finish flag follow forward freeze generate give go ' +
    'grant hand hit hold hover import inform insert inspect install invite issue label launch leave link load lock log ' +
    'look mark match merge message move name navigate notify open order paste pause pay pick place post press print process ' +
    'publish pull push put raise read reassign rebook receive reconcile record refresh reject remind remove rename reopen repeat ' +
    'replace reply report request reset resend resolve restart return review revoke right-click run save scan schedule scroll ' +
    'search select send set share sign sort start stop store submit subtract swap switch sync tag take tap tell test tick ' +
    'toggle track transfer turn type uncheck unlock unplug untick update upload use validate verify view visit wait wipe ' +
    'withdraw write zoom'
  ).split(' '),
);

const doubled = new Set('get put set cut run log tag drop drag plug stop step swap submit ship zip tap pin'.split(' '));

function gerundsOf(verb: string): string[] {
  if (verb.endsWith('e') && !verb.endsWith('ee')) return [`${verb.slice(0, -1)}ing`];
  if (doubled.has(verb)) return [`${verb}${verb.slice(-1)}ing`];
  return [`${verb}ing`, `${verb}${verb.slice(-1)}ing`];
}

/** `clicking` to `click`. */
export const baseOfGerund: ReadonlyMap<string, string> = new Map(
  [...workVerbs].flatMap((verb) => gerundsOf(verb).map((gerund): [string, string] => [gerund, verb])),
);

/** Systems that operations teams name, so that one mention is enough. */
export const knownSystems: readonly string[] = (
  '1Password,ADP,Airtable,Asana,Bamboo HR,BambooHR,Bill.com,Box,Brex,Calendly,Concur,Confluence,Coupa,DocuSign,Dropbox,' +
  'Envoy,Excel,Expensify,Freshdesk,GitHub,Gmail,Google Calendar,Google Drive,Google Sheets,Google Workspace,Greenhouse,Gusto,HubSpot,' +
  'Intercom,Ironclad,Jira,Lattice,LastPass,Linear,Looker,Microsoft Teams,Monday.com,NetSuite,Notion,Okta,OneDrive,' +
  'Outlook,PagerDuty,Power BI,QuickBooks,Ramp,Rippling,SAP,Sage,Salesforce,ServiceNow,SharePoint,Shopify,Slack,Smartsheet,' +
  'Stripe,Tableau,Trello,UKG,Workday,Xero,Zendesk,Zip,Zoom'
).split(',');

/** Words with a capital that are no name of a system or a person. */
export const ordinaryCapitals: ReadonlySet<string> = new Set(
  (
    "I I’m I'm The This That Then There They And But So Now Next If When Where What Which Who Okay OK Yes No Monday Tuesday Wednesday " +
    'Thursday Friday Saturday Sunday January February March April May June July August September October November December ' +
    'PDF URL ID CSV IT HR W-9 PO Net Q1 Q2 Q3 Q4 English'
  ).split(' '),
);
