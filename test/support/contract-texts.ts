/** What a generated contract says. */
export type Told = {
  vendor: string;
  signed: string;
  years: number;
  noticeDays: number;
  cap: number;
  state: string;
  /** Clauses that say nothing of interest, and what stands between words now and then. */
  filler: number;
  spaces: string;
};

const plainClauses = [
  'Invoices. Vendor shall invoice Customer monthly in arrears. Undisputed amounts are payable in United States dollars by bank transfer to the account stated on the invoice.',
  'Confidentiality. Each party shall keep the other party’s confidential information secret and use it only for the performance of the Services.',
  'Personnel. Vendor shall assign qualified personnel to the Services and shall replace any person to whom Customer reasonably objects.',
  'Notices. All notices under this Agreement shall be in writing and delivered to the address of the recipient first stated in this Agreement.',
  'Insurance. Vendor shall carry general insurance with a reputable insurer and shall show the certificate upon request.',
  'Severability. If any provision is held unenforceable, the other provisions shall remain unaffected.',
  'Entire Agreement. This Agreement contains the entire understanding of the parties concerning its subject and replaces all earlier understandings.',
];

/** Clauses without a term that binds, numbered. */
export function clausesOf({ filler, spaces }: Pick<Told, 'filler' | 'spaces'>, from = 5): string[] {
  return Array.from({ length: filler }, (_, at) => {
    const words = plainClauses[at % plainClauses.length] ?? '';
    return `${String(from + at)}. ${words}`.replaceAll(' the ', `${spaces}the `);
  });
}

/** A contract for services as a vendor would send it. */
export function contractOf(told: Told): string {
  const { vendor, signed, years, noticeDays, cap, state, spaces } = told;
  const begins = [
    'MASTER SERVICES AGREEMENT',
    `This Master Services Agreement (the "Agreement") is entered into as of ${signed} (the "Effective Date") by and between ${vendor} ("Vendor") and Meridian Holdings Corporation ("Customer").`,
    `1. Services. Vendor shall provide the services described in Exhibit A (the "Services").`,
    `2. Term. The initial term of this Agreement shall commence on the Effective Date and continue for a period of ${String(years)} years thereafter (the "Initial Term") unless earlier terminated. Thereafter this Agreement shall automatically renew for successive terms of one (1) year each, unless either party gives written notice of its intention not to renew at least ${String(noticeDays)} days prior to the end of the then-current term.`,
    `3. Termination. Either party may terminate this Agreement at any time without cause upon thirty (30) days written notice to the other party.`,
    `4. Limitation of Liability. In no event shall the aggregate liability of Vendor under this Agreement exceed $${cap.toLocaleString('en-US')}.`,
  ];
  const law = `Governing Law. This Agreement shall be governed by and construed in accordance with the laws of the State of ${state}, without regard to conflicts of laws.`;
  return [...begins, ...clausesOf(told), law]
    .map((clause) => clause.replaceAll(' shall ', ` shall${spaces}`))
    .join('\n\n');
}
