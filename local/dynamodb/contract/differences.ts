/** Tests that DynamoDB Local 3.3.0 does not pass, by name, and why the test stands: it follows AWS. */
export const listedDifferences: ReadonlyMap<string, string> = new Map([]);
