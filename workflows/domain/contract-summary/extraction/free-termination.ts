const verb = /\b(?:terminable|terminat(?:e|ed|es|ing|ion)|cancel(?:l?ed|lation|lable)?|withdrawn?|resign)\b/;
const condition =
  /breach|default|\bfail|bankrupt|insolv|\bif\b|in the event|in case|unless|event of|force majeure|for cause|change (?:of|in) control|occurrence|dissol|liquidat|death|disabilit|not (?:to )?(?:be )?renew|non-?renew|intent(?:ion)? not|(?:prior to|before|at) (?:the )?(?:[a-z' -]{0,30})(?:expir|end\b)|material|violat|cease|mutual|sublicens|subagen|purchase order|statement of work|insur|certificate|coverage|policy/;
const freely =
  /at any (?:other )?time|for any (?:or no |other )?reason|without (?:any )?(?:cause|reason)|for (?:its |their |his |her )?(?:own )?convenience|at will|no reason|any reason whatsoever|(?:sole|absolute|own) discretion|unilateral|option of (?:either|any)|with or without cause/;
const noticed =
  /(?:upon|with|by|on|giving|providing|provision of|delivering|delivery of|following|after|least|than)\b[^.;:]{0,50}(?:days?|months?|weeks?|\[?\*+\]?)\W{0,4}(?:[a-z]+ ){0,3}(?:notice|notification)|(?:notice|notification)[^.;:]{0,50}(?:days?|months?|weeks?)\b/;
const owned = /\b(?:may|right|entitled|elect|option|can|until|terminable|cancel+able)\b/;
const ofTheContract =
  /this (?:[a-z-]+ ){0,4}(?:agreement|contract|lease|appointment|addendum)|the (?:agreement|contract|term)\b/;

/** Items of a list, each behind the words that lead to it. */
function partsOf(plain: string): string[] {
  return plain.split(/\. /).flatMap((sentence) => {
    const [lead = '', ...items] = sentence.split(/;|(?<=[ ,:;])(?=\([a-z]{1,4}\) )/);
    const opening = lead.slice(0, 200);
    return [lead, ...items.map((item) => (verb.test(item) ? item : `${opening} ${item}`))];
  });
}

const some = (test: (part: string) => boolean) => ({ test: (plain: string) => partsOf(plain).some(test) });

/** Signs that one item alone says that the contract can be ended without a reason. */
export const freeTermination = {
  freely: some((part) => verb.test(part) && freely.test(part) && !condition.test(part)),
  freelyThis: some(
    (part) =>
      verb.test(part) && freely.test(part) && !condition.test(part) && ofTheContract.test(part) && owned.test(part),
  ),
  noticed: some((part) => verb.test(part) && noticed.test(part) && !condition.test(part)),
  noticedThis: some(
    (part) =>
      verb.test(part) && noticed.test(part) && !condition.test(part) && ofTheContract.test(part) && owned.test(part),
  ),
};
