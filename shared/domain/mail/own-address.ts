/** Where replies come to that are written to mails for our own people: what stands before the @. */
export const ANSWERS = 'answers';
