/** Members that all expression-bearing operations share. */
export const expressionMembers = ['ExpressionAttributeNames', 'ExpressionAttributeValues'] as const;

/** Members of every single write; ReturnItemCollectionMetrics is answered only where there is nothing to say. */
export const writeMembers = [
  'TableName',
  'ConditionExpression',
  'ReturnValues',
  'ReturnConsumedCapacity',
  'ReturnValuesOnConditionCheckFailure',
  ...expressionMembers,
] as const;
