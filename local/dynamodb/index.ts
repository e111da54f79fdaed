export { createDynamoDb, type DynamoDb, type DynamoDbOptions } from './dynamo-db.ts';
export type { OnConsumed } from './engine.ts';
export type { TableSpecification } from './operations/ensure-table.ts';
