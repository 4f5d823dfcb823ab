/** Something that a person can put right: the message is one sentence that says what to do, and is shown without a stack. */
export class Trouble extends Error {}
