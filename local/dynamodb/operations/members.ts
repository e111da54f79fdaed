/** Members that all expression-bearing operations share. */
const expressionMembers = ['ExpressionAttributeNames', 'ExpressionAttributeValues'] as const;

/** Members of every write of one item. */
export const writeMembers = [
  'TableName',
  'ConditionExpression',
  'ReturnValues',
  'ReturnConsumedCapacity',
  'ReturnValuesOnConditionCheckFailure',
  ...expressionMembers,
] as const;
