/** What the extractor looks for, in the order of a one-pager. */
export const fieldNames = [
  'parties',
  'agreementDate',
  'effectiveDate',
  'expiration',
  'renewal',
  'noticeWindow',
  'liabilityCap',
  'terminationForConvenience',
  'governingLaw',
  'dataProcessing',
  'unusual',
] as const;
export type FieldName = (typeof fieldNames)[number];

/** A sign in a sentence, under the name that its weight is stored by. */
export type Cue = readonly [name: string, sign: RegExp];

const day = '(?:\\d{1,2}/\\d{1,2}/\\d{2,4}|(?:19|20)\\d{2})';

/** Only sentences with this are looked at for a field. Wide on purpose: the cues and words decide. */
export const gates: Record<FieldName, RegExp> = {
  parties: /\bbetween\b|\bamong\b|by and|parties|hereinafter/,
  agreementDate: new RegExp(`${day}|dated?\\b|day of|closing`),
  effectiveDate: new RegExp(`${day}|effective|effect|commenc|force|date|execution`),
  expiration:
    /\bterm\b|expir|terminat|continu|until|perpet|indefinit|in effect|in force|period|year|through|duration|commenc/,
  renewal: /renew|extend|extension|automatic|successive|continu|additional|month[- ]to[- ]month|perpetual|evergreen/,
  noticeWindow: /notice|notif|written|days|months|renew/,
  liabilityCap: /liab|damages|exceed|limit|aggregate|maximum|recover|remedy|consequential|responsib/,
  terminationForConvenience: /terminat|cancel|terminable|withdraw|resign|discretion/,
  governingLaw: /\blaws?\b|govern|jurisdiction/,
  dataProcessing: /personal (?:data|information)|data (?:protection|process|privacy)|gdpr|privacy|personally identif/,
  unusual:
    /exclusiv|not compete|non-compet|most favou?red|source code|escrow|liquidated damages|change (?:of|in) control|audit|minimum|auto|irrevocabl|unlimited|sole discretion|first refusal|penalt|non-solicit|assign/,
};

/** Signs written by hand, each as likely to speak against a field as for it; weights are learned. */
export const cues: Record<FieldName, readonly Cue[]> = {
  parties: [
    ['between', /\b(?:by and )?(?:between|among)\b/],
    ['defined', /\((?:the |hereinafter |collectively |each )?[^()]{0,40}"[^"]{1,60}"/],
    ['kind', /\binc\b|\bllc\b|\bltd\b|corporation|limited|gmbh|\bcompany\b|\bplc\b|l\.p\./],
    ['made', /made|entered|dated|agreement/],
  ],
  agreementDate: [
    ['entered', /(?:entered|made|executed|signed|dated)[^.;]{0,60}(?:as of|on|this|the|effective)/],
    ['dated', /\bdated\b/],
    ['date', new RegExp(day)],
    ['blank-date', /_{2,}|\[ ?[_*. ]* ?\]/],
    ['between', /by and (?:between|among)|\bbetween\b/],
    ['this-agreement', /this [a-z &-]{0,60}agreement/],
    ['date-colon', /\bdated?:/],
    ['in-witness', /in witness|executed|signed/],
    ['signature', /\/s\/|\bby:|\btitle:|\bname:/],
    ['other', /pursuant to|amended|section|certain .{0,60}agreement/],
  ],
  effectiveDate: [
    ['effective-as-of', /effective (?:as of|on|this|from|the|upon)/],
    ['effective-date', /"?effective date"?/],
    ['defined', /\((?:the |hereinafter )?"?(?:effective|commencement|start)/],
    ['means', /effective date"? (?:means|shall mean|shall be|is|of this)/],
    [
      'commence',
      /(?:shall|will) (?:commence|begin|become effective|take effect|come into (?:force|effect))|commences|commencing|beginning/,
    ],
    [
      'hereof',
      /date hereof|first (?:above|set forth)|date of (?:this|execution|signature)|upon (?:execution|signature|signing)/,
    ],
    ['date', new RegExp(day)],
    ['blank-date', /_{2,}|\[ ?[_*. ]* ?\]/],
    ['entered', /(?:entered|made|executed|signed|dated)[^.;]{0,60}(?:as of|on|this|the|effective)/],
    ['between', /by and (?:between|among)/],
    ['this-agreement', /this [a-z &-]{0,60}agreement/],
    ['other', /pursuant to|amended|section/],
  ],
  expiration: [
    ['term-of-agreement', /(?:term|duration|period) of (?:this|the) [a-z ]{0,40}(?:agreement|contract|lease)/],
    ['initial-term', /initial (?:term|period)/],
    ['term-is', /(?:the |"|initial )term"? (?:shall|will|is|means|of)|"term"/],
    ['continue', /(?:shall|will|and) (?:continue|remain|be in|end|expire|terminate|extend)\b/],
    ['until', /until|through|ending|expir(?:e|es|ing|ation)/],
    ['commence', /commenc|begin|effective|date hereof/],
    [
      'length',
      /\d\)? ?-?(?:years?|months?)|(?:one|two|three|four|five|six|seven|ten|fifteen|twenty)[- ](?:year|month)|anniversary/,
    ],
    ['perpetual', /perpet|indefinit/],
    ['unless-terminated', /unless (?:earlier |sooner |otherwise |previously )?terminated/],
    ['this-agreement', /this [a-z ]{0,40}(?:agreement|contract)/],
    ['date', new RegExp(day)],
    ['survive', /surviv|confidential|warrant|non-compet|patent/],
  ],
  renewal: [
    [
      'automatic',
      /automatic(?:ally)? (?:be )?(?:renew|extend|extension|continu)|(?:renew|extend)(?:ed|s)? automatically/,
    ],
    ['renew', /\brenew(?:s|ed|al|able)?\b/],
    ['shall-renew', /(?:shall|will|may) (?:be )?(?:automatically )?(?:renew|extend)/],
    [
      'successive',
      /(?:successive|additional|consecutive|further|subsequent) (?:[a-z() \d-]{0,30})(?:term|period|year|month)/,
    ],
    ['month-to-month', /month[- ]to[- ]month|year[- ]to[- ]year/],
    ['thereafter', /thereafter/],
    ['option', /(?:option|right|elect)[a-z ]{0,20} to (?:renew|extend)/],
    ['renewal-term', /renewal (?:term|period)|extension (?:term|period)/],
    ['unless-notice', /unless .{0,120}(?:notice|notif|terminat)/],
    ['mutual', /mutual(?:ly)? (?:written )?agree/],
    ['length', /\d\)? ?-?(?:years?|months?)|(?:one|two|three|five)[- ]year/],
    ['this-agreement', /this [a-z ]{0,40}(?:agreement|contract)|\bterm\b/],
  ],
  noticeWindow: [
    [
      'not-to-renew',
      /(?:intent(?:ion)?|desire|elect(?:s|ion)?|decision|wish)[a-z ' ]{0,40}not to (?:renew|extend)|non-?renewal|not (?:be )?(?:to )?renew/,
    ],
    [
      'renew-unless',
      /(?:renew|extend|extension|continu).{0,260}(?:unless|until|upon).{0,200}(?:notice|notif|writ|terminat)/,
    ],
    ['renew', /\brenew|exten(?:d|sion)/],
    [
      'before-end',
      /(?:prior to|before) (?:the )?(?:[a-z' ]{0,40})(?:expir|end|anniversary|renewal|termination|scheduled)/,
    ],
    ['length', /\d+\)? ?-?(?:calendar |business )?(?:days|months|weeks)|(?:six|three|two|twelve)[- ]months?/],
    ['automatic', /automatic/],
    ['notice', /notice|notif/],
    ['term-end', /(?:initial|renewal|then[- ]current|relevant|any) (?:services )?term|term then in effect/],
    ['thereafter-until', /thereafter.{0,120}until.{0,60}terminat/],
    ['breach', /breach|default|cure|bankrupt|insolv/],
    ['option', /option to (?:renew|extend)|right to (?:renew|extend)/],
  ],
  liabilityCap: [
    ['not-exceed', /(?:not|in no event)[^.;]{0,160}exceed|exceed[^.;]{0,120}(?:amount|fees|paid|\$)/],
    ['liability', /\bliab(?:le|ility|ilities)\b/],
    ['aggregate', /aggregate|cumulative|total|maximum|entire/],
    ['limited-to', /limited to|limit(?:ed|ation)? (?:of|on) (?:its )?liab/],
    ['consequential', /consequential|incidental|indirect|punitive|special|lost profits|loss of profit/],
    [
      'no-event',
      /in no event|under no circumstances|neither party (?:shall|will)|shall not be liable|not be (?:held )?(?:liable|responsible)/,
    ],
    ['amount', /\$ ?\d|amounts? (?:actually )?(?:paid|received|payable)|fees (?:actually )?paid|purchase price|usd/],
    ['sole-remedy', /(?:sole|exclusive|only)(?: and exclusive)? (?:remedy|liability|obligation)/],
    ['time-limit', /(?:claim|action|suit)[^.;]{0,120}(?:within|after|later than)[^.;]{0,60}(?:year|month|days)/],
    ['insurance', /insurance|per occurrence|coverage/],
    ['deductible', /indemnif|basket|deductible/],
  ],
  terminationForConvenience: [
    [
      'any-reason',
      /(?:for any (?:or no )?reason|without (?:any )?(?:cause|reason)|for (?:its )?convenience|at will|no reason|any reason whatsoever)/,
    ],
    ['any-time', /at any (?:other )?time/],
    [
      'may-terminate',
      /(?:may|right to|entitled to|elect to|option to|can)[a-z, ]{0,80}(?:be )?(?:terminat|cancel|withdraw|resign)/,
    ],
    ['terminated-by', /(?:terminated|terminable|cancel+ed)[^.;]{0,60} by/],
    ['upon-notice', /(?:upon|with|by|on|giving|providing|after)[^.;]{0,80}(?:notice|notification)/],
    ['length', /\d+\)? ?-?(?:calendar |business )?(?:days?|months|weeks)/],
    ['breach', /breach|default|cure|bankrupt|insolv|fails? to|failure|force majeure|change (?:of|in) control|material/],
    ['if', /\bif\b|in the event|upon the occurrence/],
    ['either', /either party|any party|both parties/],
    ['sole-discretion', /sole (?:and absolute )?discretion/],
    ['penalty', /without (?:the )?(?:payment of )?(?:any )?penalty/],
    ['renewal', /renew/],
    ['effect', /upon (?:any )?(?:expiration|termination)|effect of termination|surviv/],
  ],
  governingLaw: [
    ['governed', /govern(?:ed|s)?\b[^.;]{0,120}\blaws?\b|\blaws?\b[^.;]{0,100}govern/],
    ['construed', /(?:construed|interpreted|enforced)[^.;]{0,140}\blaws?\b/],
    ['laws-of', /laws? (?:of|in)|[a-z]+ law\b/],
    ['heading', /(?:governing|applicable|controlling|choice of) law/],
    ['conflict', /conflicts? of laws?|choice[- ]of[- ]law|conflict of law/],
    ['this-agreement', /this [a-z ]{0,40}(?:agreement|contract|amendment)/],
    ['comply', /comply|compliance|accordance with (?:all )?applicable|pursuant to applicable/],
    ['organised', /organi[sz]ed|existing under|incorporated/],
    ['venue', /jurisdiction|venue|courts?\b|arbitrat/],
  ],
  dataProcessing: [
    ['personal-data', /personal (?:data|information)|personally identif/],
    ['law', /gdpr|data protection (?:law|act|regulation)|privacy (?:law|polic)|hipaa|2016\/679/],
    ['process', /process(?:ing|or|es)?\b|controller|sub-?processor|data subject/],
    ['breach', /security (?:breach|incident)|data breach|encrypt|safeguards/],
  ],
  unusual: [
    ['exclusive', /exclusiv[a-z]* (?:right|supplier|distribut|licen|basis)|not compete|non-compet/],
    ['most-favoured', /most favou?red|no less favou?rable .{0,60}(?:price|terms)/],
    ['liquidated', /liquidated damages|penalty of|early termination fee|termination fee/],
    ['control', /change (?:of|in) control/],
    ['minimum', /minimum (?:purchase|commitment|order|annual|guarantee)|take[- ]or[- ]pay/],
    ['unlimited', /unlimited liability|liability .{0,40}unlimited|irrevocabl[a-z]* .{0,40}perpetual/],
    ['escrow', /source code .{0,40}escrow|escrow/],
    ['one-sided', /sole (?:and absolute )?discretion/],
    ['first-refusal', /right of first (?:refusal|offer)/],
    ['price-rise', /(?:increase|adjust)[a-z ]{0,40}(?:price|fee|rate)s?[^.;]{0,60}(?:without|sole|at any time)/],
    ['audit', /audit[a-z ]{0,40}(?:books|records|premises)/],
    ['non-solicit', /not (?:directly or indirectly )?solicit|non-solicit/],
  ],
};
