/** A made-up contract as a vendor would send it, for a first look at contract summaries. */
export const cleaningContract = {
  title: 'Office cleaning, Brightwater',
  documentName: 'brightwater-cleaning-agreement.txt',
  text: `SERVICE AGREEMENT

This Service Agreement (the "Agreement") is made on 1 March 2026 by and between Brightwater Cleaning Ltd, a company registered in Bristol ("Supplier"), and Harrow Mill Trading Ltd, with offices at 4 Canal Street, Leeds ("Customer").

1. SERVICES

1.1 The Supplier shall clean the Customer's offices at 4 Canal Street on every working day between 18:00 and 21:00, as described in Schedule 1.

1.2 The Customer shall give the Supplier access to the offices and shall name one person who answers the Supplier's questions.

2. TERM AND RENEWAL

2.1 This Agreement shall come into effect on 1 April 2026 (the "Effective Date") and shall continue in force until 31 March 2027 (the "Initial Term").

2.2 Upon expiry of the Initial Term this Agreement shall automatically renew for successive periods of twelve (12) months each, unless either party gives written notice of its intention not to renew at least ninety (90) days before the end of the then-current term.

3. FEES

3.1 The Customer shall pay GBP 2,450 a month within thirty (30) days of the date of each invoice.

3.2 The Supplier may raise the fees once a year by not more than the increase of the consumer price index over the twelve months before.

3.3 The Customer shall order services for a minimum of GBP 25,000 in every contract year, whether or not the offices are in use.

4. TERMINATION

4.1 Either party may terminate this Agreement for convenience at any time by giving the other party six (6) months' written notice.

4.2 Either party may terminate this Agreement with immediate effect where the other party commits a material breach and does not remedy it within fourteen (14) days of being asked to.

5. LIABILITY

5.1 Except for death or personal injury, the total liability of either party under this Agreement in any contract year shall not exceed GBP 50,000.

6. DATA PROTECTION

6.1 The Supplier shall process personal data of the Customer's staff only on the Customer's instructions and only for keeping the list of people who hold a key, and shall delete it within thirty (30) days after the end of this Agreement.

7. NOTICES

7.1 Notices under this Agreement shall be in writing and sent to the address of the other party given above. A notice sent by e-mail is not a notice.

8. GENERAL

8.1 The Supplier shall not assign this Agreement without the Customer's written consent.

8.2 This Agreement shall be governed by the laws of England and Wales, and the courts of England and Wales shall have exclusive jurisdiction.

Signed for Brightwater Cleaning Ltd: A. Pike, Director. Date: 1 March 2026

Signed for Harrow Mill Trading Ltd: R. Sutcliffe, Operations Manager. Date: 3 March 2026
`,
} as const;
