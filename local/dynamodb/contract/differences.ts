/** Tests that DynamoDB Local 3.3.0 does not pass, by name, with what it does instead. */
export const listedDifferences: ReadonlyMap<string, string> = new Map([
  ['names the key that an item lacks or has wrong', 'says so without the name of the key'],
  ['refuses a key without sort key', 'has another text: The number of conditions on the keys is invalid'],
  ['refuses a key of another type', 'has another text: Type mismatch for key'],
  ['refuses a key with more', 'has another text: The number of conditions on the keys is invalid'],
  ['says when there is no such table', 'has another text: Cannot do operations on a non-existent table'],
  ['says which table is not there', 'has another text: Cannot do operations on a non-existent table'],
  ['returns only the updated parts of documents', 'returns the whole attributes of the first level'],
  ['refuses the key condition "sk = :p"', 'leaves the name of the key out'],
  ['refuses the key condition "pk = :p AND label = :p"', 'leaves the name of the key out'],
  ['refuses a start key of another partition', 'has the text for a range key out of bounds'],
  [
    'cancels when an update does not fit its item',
    'answers a ValidationException; the API reference lists it among the cancellation reasons',
  ],
  ['counts each part of a transaction twice', 'charges writes in a transaction as ordinary ones'],
]);
